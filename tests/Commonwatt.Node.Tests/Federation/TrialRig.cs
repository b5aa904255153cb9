using System.Net.Http.Headers;
using System.Text.Json;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Terminal;
using Commonwatt.Node.Trial;
using Google.Protobuf;

namespace Commonwatt.Node.Tests.Federation;

/// <summary>A founded trial federation in this process, on ports that are free.</summary>
internal sealed class TrialRig : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly ScratchFolder scratch = new();
    private readonly StringWriter lines = new();
    private readonly HttpClient client = new();
    private readonly (string KeyFile, Address Address)[] members;
    private LocalFederation? nodes;
    private ulong nonce;

    private TrialRig(int validators, int followers)
    {
        Folder = TrialFolder.Open(scratch.File("trial"), validators, followers, TimeProvider.System);
        members = [.. Folder.Members()];
    }

    public TrialFolder Folder { get; }

    public LocalFederation Nodes => nodes!;

    public string Log
    {
        get
        {
            lock (lines)
            {
                return lines.ToString();
            }
        }
    }

    public static async Task<TrialRig> StartAsync(int validators = 4, int followers = 0)
    {
        var rig = new TrialRig(validators, followers);
        await rig.StartNodesAsync();
        await new TrialFounding(rig.Folder, rig.Nodes[0]!.Url).RunAsync(TestContext.Current.CancellationToken);
        return rig;
    }

    public async Task StartNodesAsync() =>
        nodes = await LocalFederation.StartAsync(Folder, port: 0, name => new NodeLog(lines, TimeProvider.System, name), TimeProvider.System);

    public async Task StopNodesAsync()
    {
        await Nodes.DisposeAsync();
        nodes = null;
    }

    public string LedgerOf(int node) => Path.Combine(Folder.FolderOf(Folder.Nodes[node]), "community.ledger");

    public SignedTransaction Transfer(long amount = 1_000_000, DateTimeOffset? now = null)
    {
        using SigningKey key = KeyFile.Read(members[0].KeyFile);
        var builder = new TransactionBuilder(Folder.Genesis.Id, key);
        builder.ContinueAfter(nonce++);
        var call = new Transfer { To = ByteString.CopyFrom(members[1].Address.ToArray()), Amount = amount };
        return builder.Build(Instant.From(now ?? TimeProvider.System.GetUtcNow()), TransactionBuilder.Call("wallet", "transfer", call));
    }

    public Task<(int Status, JsonElement Body)> SendAsync(int node, SignedTransaction transaction, string wait = "30") =>
        SendAsync(node, transaction.Bytes, "application/octet-stream", wait);

    public async Task<(int Status, JsonElement Body)> SendAsync(int node, ReadOnlyMemory<byte> bytes, string type, string wait = "30")
    {
        using var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using HttpResponseMessage response = await client.PostAsync(new Uri(Nodes[node]!.Url, $"transactions?wait={wait}"), content, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(int node, string path)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri(Nodes[node]!.Url, path), TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public async Task<ulong> FinalHeightAsync(int node)
    {
        JsonElement height = (await GetAsync(node, "status")).Body.GetProperty("finalHeight");
        return height.ValueKind == JsonValueKind.Number ? height.GetUInt64() : 0;
    }

    /// <summary>Looks again and again, until what is waited for is there.</summary>
    public async Task UntilAsync(Func<Task<bool>> isThere, string what)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline, $"After {Deadline.TotalSeconds} s: {what}\n{Log}");
            await Task.Delay(BetweenLooks, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (nodes is not null)
        {
            await nodes.DisposeAsync();
        }

        client.Dispose();
        await lines.DisposeAsync();
        scratch.Dispose();
    }

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        return ((int)response.StatusCode, json.RootElement.Clone());
    }
}
