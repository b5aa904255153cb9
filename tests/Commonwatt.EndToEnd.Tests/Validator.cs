using System.Text.Json;
using Commonwatt.Node.Trial;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>A validator of the cluster, whose process may come and go.</summary>
internal sealed class Validator(string name, string folder, string configuration, Uri url, ProcessGuard guard) : IDisposable
{
    private const int KeptLines = 60;

    private readonly Queue<string> lines = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
    private NodeProcess? process;

    public string Name => name;

    public Uri Url => url;

    public string LedgerFile => Path.Combine(folder, "community.ledger");

    public string VotesFile => Path.Combine(folder, "votes.log");

    public string KeyFile => Path.Combine(folder, "validator.pem");

    /// <summary>The last lines that it wrote.</summary>
    public string Said
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public bool HasEnded => process is not { HasEnded: false };

    public void Start(IReadOnlyDictionary<string, string>? environment = null)
    {
        process?.Dispose();
        process = NodeProcess.Start(configuration, Hear, environment);
        guard.Add(process.Id, configuration);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.EndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops it in good order.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        process!.Terminate();
        return await EndAsync();
    }

    /// <summary>Waits until it ends.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await Watch.UntilAsync(() => HasEnded, $"{name} ends");
        return await process!.EndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How it stands, or null while it does not answer.</summary>
    public async Task<JsonElement?> StatusAsync()
    {
        try
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri("status", UriKind.Relative), TestContext.Current.CancellationToken));
            return status.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Its newest final height, or null while it has none or does not answer.</summary>
    public async Task<ulong?> FinalHeightAsync() =>
        await StatusAsync() is { } status && status.GetProperty("finalHeight") is { ValueKind: JsonValueKind.Number } height ? height.GetUInt64() : null;

    /// <summary>An encoded block with its length before it, as another node takes it.</summary>
    public Task<byte[]> BlockAsync(ulong height) => client.GetByteArrayAsync(new Uri($"blocks?from={height}&most=1", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>The files of evidence that it wrote.</summary>
    public string[] Evidence()
    {
        string evidence = Path.Combine(folder, "evidence");
        return Directory.Exists(evidence) ? Directory.GetFiles(evidence, "*.equivocation") : [];
    }

    public void Dispose()
    {
        if (process is { HasEnded: false })
        {
            process.Kill();
        }

        process?.Dispose();
        client.Dispose();
    }

    private void Hear(string line)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }
}
