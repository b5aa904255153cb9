using System.CommandLine;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Node.Commands;

/// <summary><c>check-proof FILE --validators SET</c>: checks a proof without the ledger, trusting nothing but the validators named.</summary>
internal static class CheckProofCommand
{
    private static readonly Argument<string> ProofPath = new("FILE") { Description = "The proof file" };

    private static readonly Option<string> Validators = new("--validators")
    {
        Description = "The ledger and its validators, from a source you trust; 'verify --validators-out' writes such a file",
        Required = true,
        HelpName = "SET",
    };

    private static readonly Option<string?> LedgerId = new("--ledger-id") { Description = "See that it is this ledger, 64 hexadecimal digits", HelpName = "ID" };

    private static readonly Option<string?> Event = new("--event")
    {
        Description = "Show this event of the receipt as the one that is proved, by its name or its number from 1; a proof of a receipt proves all of its events",
        HelpName = "EVENT",
    };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "check-proof",
            "Check a proof that somebody gave you, with the validators you trust and without the ledger.",
            "./commonwatt check-proof 096dcdf47cc460c0.proof --validators community.validators",
            "./commonwatt check-proof event-market.cleared.proof --validators community.validators --event market.cleared")
        {
            ProofPath, Validators, LedgerId, Event, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(ProofPath), "proof file");
        TrustedValidators trusted = TrustFile.Read(parsed.GetRequiredValue(Validators), parsed.GetValue(LedgerId));
        (LedgerProof? proof, string? fault) = Check(path, trusted);
        string? wanted = parsed.GetValue(Event);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
        {
            ProofText.WriteJson(output, proof, path, fault, wanted);
        }
        else if (fault is null)
        {
            using var says = new StringWriter();
            ProofText.Write(says, proof!, wanted);
            output.WriteLine($"{path} is right. It proves:");
            output.WriteLine();
            output.Write(says);
        }
        else
        {
            output.WriteLine($"{path} proves nothing: {fault}");
        }

        return fault is null ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static (LedgerProof? Proof, string? Fault) Check(string path, TrustedValidators trusted)
    {
        long length = new FileInfo(path).Length;
        if (length > ProofFile.MostBytes)
        {
            return (null, $"A proof file has at most {ProofFile.MostBytes} bytes, this one has {length}.");
        }

        try
        {
            LedgerProof proof = ProofFile.Decode(File.ReadAllBytes(path));
            return (proof, proof.Check(trusted.Validators, trusted.LedgerId));
        }
        catch (MalformedBytesException malformed)
        {
            return (null, malformed.Message);
        }
    }
}
