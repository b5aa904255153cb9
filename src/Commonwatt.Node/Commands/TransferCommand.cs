using System.CommandLine;
using System.Text;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Orders;
using Google.Protobuf;

namespace Commonwatt.Node.Commands;

/// <summary><c>transfer</c>: sends money from one member to another, and says what the validators certified.</summary>
internal static class TransferCommand
{
    private const int MoneyDecimals = 6;

    private static readonly Option<string> Key = new("--key") { Description = "The sender's key file", Required = true, HelpName = "FILE" };

    private static readonly Option<string> To = new("--to") { Description = "The receiver's address", Required = true, HelpName = "ADDRESS" };

    private static readonly Option<string> Amount = new("--amount") { Description = "How much, such as 1.50", Required = true, HelpName = "N" };

    public static Command Create()
    {
        Verb verb = new(
            "transfer",
            "Send money from one member of a community to another, and print the certified answer.",
            "./commonwatt transfer --node http://127.0.0.1:7101 --key out/trial/members/anna.pem --to cwca36a1e23e7987553181c3dfe19fc99f654bc68c9276d553 --amount 1.50")
        {
            NodeClient.Node, Key, To, Amount,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using SigningKey key = KeyFile.Read(SharedOptions.RequireFile(parsed.GetRequiredValue(Key), "key file"));
        Address to = Address.TryParse(parsed.GetRequiredValue(To), out Address receiver)
            ? receiver
            : throw new InvalidDataException($"--to: '{parsed.GetRequiredValue(To)}' is no address, or mistyped: an address is 'cw' and 48 hexadecimal digits.");
        long amount = ReadAmount(parsed.GetRequiredValue(Amount));
        var call = new Transfer { To = ByteString.CopyFrom(to.ToArray()), Amount = amount };
        using var client = new NodeClient(parsed.GetRequiredValue(NodeClient.Node));
        return await client.SendAsync(key, TransactionBuilder.Call("wallet", "transfer", call), parsed.InvocationConfiguration.Output, cancel);
    }

    private static long ReadAmount(string text) => DecimalField.Read(Encoding.UTF8.GetBytes(text), MoneyDecimals, out long amount) == DecimalFault.None && amount > 0
        ? amount
        : throw new InvalidDataException($"--amount: '{text}' is no amount; give more than zero with at most {MoneyDecimals} decimals, such as 1.50.");
}
