using System.Net.Http.Headers;
using System.Text.Json;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Trial;

/// <summary>Founds a trial's community through a running node, as its manager would; where it is founded, nothing happens.</summary>
/// <param name="folder">The trial.</param>
/// <param name="node">Where a node listens.</param>
internal sealed class TrialFounding(TrialFolder folder, Uri node)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends the founding transaction until it has an answer.</summary>
    /// <returns>What became of it, in a sentence.</returns>
    /// <exception cref="InvalidDataException">The ledger refused it, or the node did not answer in time.</exception>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = node };
        SignedTransaction founding = folder.Founding(Instant.From(TimeProvider.System.GetUtcNow()));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        string last = "it does not answer";
        while (!late.IsCancellationRequested)
        {
            try
            {
                (string? status, string? code, last) = await SendAsync(client, founding, late.Token);
                // The manager's first transaction is the founding: if its nonce is used, another start sent it.
                if (status == "final" || code == "nonce-used")
                {
                    folder.NoteUsedKeys();
                    return status == "final" ? "The community was founded: three members with 100.00 each." : "The community goes on.";
                }

                if (status == "refused" && code is not ("busy" or "stopping"))
                {
                    throw new InvalidDataException($"The ledger did not take the community's founding: {last}");
                }
            }
            catch (HttpRequestException exception)
            {
                last = exception.Message;
            }

            await Task.Delay(BetweenAttempts, late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancel.ThrowIfCancellationRequested();
        throw new InvalidDataException($"The community could not be founded in {Patience.TotalMinutes:0} minutes at {node}: {last}");
    }

    private static async Task<(string? Status, string? Code, string Sentence)> SendAsync(HttpClient client, SignedTransaction transaction, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(transaction.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await client.PostAsync(new Uri("transactions?wait=10", UriKind.Relative), content, cancel);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
        return (Text(answer, "status"), Text(answer, "code"), Text(answer, "sentence") ?? Text(answer, "detail") ?? "it did not say why");
    }

    private static string? Text(JsonDocument answer, string name) =>
        answer.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
