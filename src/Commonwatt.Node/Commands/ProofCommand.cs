using System.CommandLine;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>proof TXID</c>: writes a file that shows what became of a transaction, or what an account held, to somebody without the ledger.</summary>
internal static class ProofCommand
{
    private static readonly Argument<string?> Transaction = new("TXID")
    {
        Description = "The transaction's id, 64 hexadecimal digits",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Ledger = new("--ledger") { Description = "The ledger file, such as out/neighbourhood/community.ledger", Required = true, HelpName = "FILE" };

    private static readonly Option<string?> State = new("--state") { Description = "Prove the entry of the state with this key, or that there is none, after the newest block", HelpName = "KEYHEX" };

    private static readonly Option<string?> Account = new("--account") { Description = "Prove what this address holds, or that it has no account, after the newest block", HelpName = "ADDRESS" };

    private static readonly Option<string?> Out = new("--out") { Description = "The proof file [default: the first 16 digits of what is asked for, .proof]", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "proof",
            "Write a proof of a transaction or an account that others check without the ledger. It verifies the whole ledger first.",
            "./commonwatt proof 096dcdf47cc460c0c9cea0ce161a2b3e69add9bf8166ced8057dd953cac53852 --ledger out/neighbourhood/community.ledger",
            "./commonwatt proof --account cwba7b02d5e57dc142a6cb0945ff6846cce3cc937b7408bcfd --ledger out/neighbourhood/community.ledger --out account.proof")
        {
            Transaction, Ledger, State, Account, Out, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        ProofRequest request = ProofRequest.Read(parsed.GetValue(Transaction), parsed.GetValue(State), parsed.GetValue(Account));
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Ledger), "ledger file");
        string target = SharedOptions.OutputFile(parsed.GetValue(Out) ?? request.FileName, path);
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        bool json = parsed.GetValue(Json);
        VerificationReport report = ProgressBar.During(streams.Error, "Verifying", progress => LedgerFile.Verify(path, progress, request.Look));
        if (!report.IsRight)
        {
            VerificationText.Write(json ? streams.Error : streams.Output, path, report);
            return ExitCode.CheckFailed;
        }

        LedgerProof proof = request.Found
            ?? throw new InvalidDataException($"No block of {path} holds the transaction {parsed.GetValue(Transaction)}: see that the id is whole and that this is its ledger.");
        File.WriteAllBytes(target, Encoded(proof));
        if (json)
        {
            ProofText.WriteJson(streams.Output, proof, target, fault: null);
        }
        else
        {
            streams.Output.WriteLine($"{target} proves:");
            streams.Output.WriteLine();
            ProofText.Write(streams.Output, proof);
            streams.Output.WriteLine();
            streams.Output.WriteLine($"Check it: ./commonwatt check-proof {target} --validators SET");
            streams.Output.WriteLine($"SET is made by: ./commonwatt verify {path} --validators-out SET");
        }

        return ExitCode.Done;
    }

    private static byte[] Encoded(LedgerProof proof)
    {
        try
        {
            return ProofFile.Encode(proof);
        }
        catch (MalformedBytesException tooLarge)
        {
            throw new InvalidDataException(tooLarge.Message, tooLarge);
        }
    }
}
