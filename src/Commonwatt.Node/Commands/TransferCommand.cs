using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
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

    private static readonly Option<string> NodeUrl = new("--node") { Description = "A validator, such as http://127.0.0.1:7101", Required = true, HelpName = "URL" };

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
            NodeUrl, Key, To, Amount,
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
        Uri node = Uri.TryCreate(parsed.GetRequiredValue(NodeUrl), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url!
            : throw new InvalidDataException($"--node: '{parsed.GetRequiredValue(NodeUrl)}' is not the address of a node, such as http://127.0.0.1:7101.");
        using var client = new HttpClient { BaseAddress = node, Timeout = TimeSpan.FromMinutes(2) };
        try
        {
            var builder = new TransactionBuilder(await LedgerIdAsync(client, cancel), key);
            Instant now = Instant.From(TimeProvider.System.GetUtcNow());
            // Nonces may be left out: the time makes one that is greater than those before, without asking for them.
            builder.ContinueAfter((ulong)now.UnixMilliseconds);
            var call = new Transfer { To = ByteString.CopyFrom(to.ToArray()), Amount = amount };
            SignedTransaction transaction = builder.Build(now, TransactionBuilder.Call("wallet", "transfer", call));
            return await SendAsync(client, transaction, parsed.InvocationConfiguration.Output, cancel);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{node} does not answer as a node does: {exception.Message}", exception);
        }
    }

    private static long ReadAmount(string text) => DecimalField.Read(Encoding.UTF8.GetBytes(text), MoneyDecimals, out long amount) == DecimalFault.None && amount > 0
        ? amount
        : throw new InvalidDataException($"--amount: '{text}' is no amount; give more than zero with at most {MoneyDecimals} decimals, such as 1.50.");

    private static async Task<Hash> LedgerIdAsync(HttpClient client, CancellationToken cancel)
    {
        using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri("status", UriKind.Relative), cancel));
        return Hash.TryParse(status.RootElement.GetProperty("ledgerId").GetString(), out Hash id) ? id : throw new KeyNotFoundException("its status names no ledger.");
    }

    private static async Task<int> SendAsync(HttpClient client, SignedTransaction transaction, TextWriter output, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(transaction.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await client.PostAsync(new Uri("transactions?wait=30", UriKind.Relative), content, cancel);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
        if (!answer.RootElement.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.String)
        {
            throw new KeyNotFoundException(answer.RootElement.GetProperty("detail").GetString());
        }

        bool isDone = status.GetString() == "final";
        output.WriteLine(isDone
            ? $"Done: transaction {transaction.Id} is in block {answer.RootElement.GetProperty("height").GetUInt64()}, which is final."
            : $"{(status.GetString() == "refused" ? "Refused" : "Not known")}: {answer.RootElement.GetProperty("sentence").GetString()}\nTransaction {transaction.Id}");
        return isDone ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
