using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;

namespace Commonwatt.Node.Commands;

/// <summary>Sends a transaction to a running node, and says what the validators certified.</summary>
internal sealed class NodeClient : IDisposable
{
    private readonly Uri node;
    private readonly HttpClient client;

    /// <summary>A client of the node at an address.</summary>
    /// <exception cref="InvalidDataException">The text is no such address.</exception>
    public NodeClient(string address)
    {
        node = Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url!
            : throw new InvalidDataException($"--node: '{address}' is not the address of a node, such as http://127.0.0.1:7101.");
        client = new HttpClient { BaseAddress = node, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>The option that names the node.</summary>
    public static Option<string> Node { get; } = new("--node") { Description = "A validator, such as http://127.0.0.1:7101", Required = true, HelpName = "URL" };

    /// <summary>Signs a transaction of one call, sends it, waits for its certificate and prints the answer.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> SendAsync(SigningKey key, Call call, TextWriter output, CancellationToken cancel)
    {
        try
        {
            var builder = new TransactionBuilder(await LedgerIdAsync(cancel), key);
            Instant now = Instant.From(TimeProvider.System.GetUtcNow());
            // Nonces may be left out: the time makes one that is greater than those before, without asking for them.
            builder.ContinueAfter((ulong)now.UnixMilliseconds);
            return await SendAsync(builder.Build(now, call), output, cancel);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{node} does not answer as a node does: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<Hash> LedgerIdAsync(CancellationToken cancel)
    {
        using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri("status", UriKind.Relative), cancel));
        return Hash.TryParse(status.RootElement.GetProperty("ledgerId").GetString(), out Hash id) ? id : throw new KeyNotFoundException("its status names no ledger.");
    }

    private async Task<int> SendAsync(SignedTransaction transaction, TextWriter output, CancellationToken cancel)
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
