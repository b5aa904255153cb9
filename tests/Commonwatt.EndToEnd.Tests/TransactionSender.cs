using System.Net.Http.Headers;
using System.Text.Json;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>Sends a transaction as it is to one validator after the other, until there is an answer that holds.</summary>
internal sealed class TransactionSender(IReadOnlyList<Validator> validators) : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Sends until there is an answer that holds.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="first">The validator that is tried first.</param>
    /// <param name="cancel">Ends the sending.</param>
    /// <returns>The answer, and which validator gave it.</returns>
    public async Task<(CertifiedAnswer Answer, int Validator)> SendAsync(SignedTransaction transaction, int first, CancellationToken cancel)
    {
        for (int attempt = first; ; attempt++)
        {
            int validator = attempt % validators.Count;
            if (await TryAsync(transaction, validators[validator].Url, cancel) is { } answer)
            {
                return (answer, validator);
            }

            await Task.Delay(Rest, cancel);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<CertifiedAnswer?> TryAsync(SignedTransaction transaction, Uri validator, CancellationToken cancel)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(transaction.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using HttpResponseMessage response = await client.PostAsync(new Uri(validator, "transactions?wait=3"), content, cancel);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
            return Read(answer.RootElement);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException || (exception is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            // Killed before it answered, or not there: another one will know.
            return null;
        }
    }

    // What one validator turns away, another may have in a block: only what a block says, and that the nonce is used, holds everywhere.
    private static CertifiedAnswer? Read(JsonElement answer)
    {
        if (!answer.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        ulong? height = answer.GetProperty("height") is { ValueKind: JsonValueKind.Number } number ? number.GetUInt64() : null;
        string code = answer.GetProperty("code").GetString() ?? "";
        AnswerKind? kind = (status.GetString(), height, code) switch
        {
            ("final", not null, _) => AnswerKind.Done,
            ("refused", not null, _) => AnswerKind.RefusedInBlock,
            ("refused", null, "nonce-used") => AnswerKind.Overtaken,
            ("unknown", not null, _) => AnswerKind.WithoutReceipt,
            _ => null,
        };
        return kind is { } known ? new CertifiedAnswer(known, height, code, TimeProvider.System.GetUtcNow()) : null;
    }
}
