using System.CommandLine;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>proof TXID</c>: writes a file that shows what became of a transaction, what happened in a block, or what an account held, to somebody without the ledger.</summary>
internal static class ProofCommand
{
    private static readonly Argument<string?> Transaction = new("TXID")
    {
        Description = "The transaction's id, 64 hexadecimal digits",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Ledger = new("--ledger") { Description = "The ledger file, such as out/neighbourhood/community.ledger", Required = true, HelpName = "FILE" };

    private static readonly Option<string?> State = new("--state") { Description = "Prove the entry of the state with this key, or that there is none", HelpName = "KEYHEX" };

    private static readonly Option<string?> Account = new("--account") { Description = "Prove what this address holds, or that it has no account", HelpName = "ADDRESS" };

    private static readonly Option<string?> Event = new("--event") { Description = "Prove the newest receipt with an event of this name, such as market.cleared, whether a transaction or the schedule made it", HelpName = "NAME" };

    private static readonly Option<long?> Receipt = new("--receipt")
    {
        Description = "Prove this receipt of the block named with --at, counted from 0: those of scheduled calls first, then those of the transactions",
        HelpName = "N",
        CustomParser = WholeNumber.Parse,
    };

    private static readonly Option<long?> At = new("--at")
    {
        Description = "Prove it in, or after, the block of this height [default: state after the newest block, the rest wherever it stands]",
        HelpName = "HEIGHT",
        CustomParser = WholeNumber.Parse,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "The proof file [default: the first 16 digits of what is asked for, .proof]", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "proof",
            "Write a proof of a transaction, a receipt or an account that others check without the ledger. It verifies the whole ledger first.",
            "./commonwatt proof 096dcdf47cc460c0c9cea0ce161a2b3e69add9bf8166ced8057dd953cac53852 --ledger out/neighbourhood/community.ledger",
            "./commonwatt proof --account cwba7b02d5e57dc142a6cb0945ff6846cce3cc937b7408bcfd --ledger out/neighbourhood/community.ledger --out account.proof",
            "./commonwatt proof --event market.cleared --ledger out/neighbourhood/community.ledger")
        {
            Transaction, Ledger, State, Account, Event, Receipt, At, Out, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        ProofRequest request = Request(parsed);
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

        LedgerProof proof = request.Found(path);
        File.WriteAllBytes(target, Encoded(proof));
        string? wanted = request.EventIn(proof);
        if (json)
        {
            ProofText.WriteJson(streams.Output, proof, target, fault: null, wanted);
        }
        else
        {
            streams.Output.WriteLine($"{target} proves:");
            streams.Output.WriteLine();
            ProofText.Write(streams.Output, proof, wanted);
            streams.Output.WriteLine();
            streams.Output.WriteLine($"Check it: ./commonwatt check-proof {target} --validators SET{(wanted is null ? "" : $" --event {wanted}")}");
            streams.Output.WriteLine($"SET is made by: ./commonwatt verify {path} --validators-out SET");
        }

        return ExitCode.Done;
    }

    private static ProofRequest Request(ParseResult parsed)
    {
        ulong? at = parsed.GetValue(At) switch
        {
            null => null,
            < 0 and var below => throw new InvalidDataException($"--at: {below} is below zero: the first block has the height 0."),
            var height => (ulong)height,
        };
        return (parsed.GetValue(Transaction), parsed.GetValue(State), parsed.GetValue(Account), parsed.GetValue(Event), parsed.GetValue(Receipt)) switch
        {
            ({ } transaction, null, null, null, null) => ProofRequest.OfTransaction(transaction, at),
            (null, { } state, null, null, null) => ProofRequest.OfState(state, at),
            (null, null, { } account, null, null) => ProofRequest.OfAccount(account, at),
            (null, null, null, { } name, null) => ProofRequest.OfEvent(name, at),
            (null, null, null, null, { } place) => ProofRequest.OfReceipt(place, at),
            _ => throw new InvalidDataException("Name one thing to prove: a transaction's id, --account with an address, --state with a key, --event with a name, or --receipt with a number."),
        };
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
