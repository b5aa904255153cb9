using System.CommandLine;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Configuration;
using Google.Protobuf;

namespace Commonwatt.Node.Commands;

/// <summary><c>report-equivocation</c>: puts the evidence that a validator signed two headers on the ledger, which takes its voting power away.</summary>
internal static class ReportEquivocationCommand
{
    private static readonly Argument<string> Evidence = new("EVIDENCE") { Description = "The file, as a node writes it into its folder 'evidence'" };

    private static readonly Option<string> Key = new("--key") { Description = "The key file of a member, a manager or another validator", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        Verb verb = new(
            "report-equivocation",
            "Put the evidence that a validator signed two headers on the ledger, which takes its voting power away.",
            "./commonwatt report-equivocation data/evidence/FILE.equivocation --node http://127.0.0.1:7101 --key validator.pem")
        {
            Evidence, NodeClient.Node, Key,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        byte[] evidence = ReadEvidence(SharedOptions.RequireFile(parsed.GetRequiredValue(Evidence), "evidence"));
        using SigningKey key = KeyFile.Read(SharedOptions.RequireFile(parsed.GetRequiredValue(Key), "key file"));
        using var client = new NodeClient(parsed.GetRequiredValue(NodeClient.Node));
        var call = new ReportEquivocation { Evidence = ByteString.CopyFrom(evidence) };
        return await client.SendAsync(key, TransactionBuilder.Call("governance", "report-equivocation", call), parsed.InvocationConfiguration.Output, cancel);
    }

    private static byte[] ReadEvidence(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return Equivocation.Decode(bytes).ToArray();
        }
        catch (MalformedBytesException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }
    }
}
