using System.Collections.Concurrent;
using System.Text;

namespace Commonwatt.Ordering.RabbitMq.Tests;

/// <summary>A ledger of a test's own on the broker, with the orderers and channels that were opened for it.</summary>
internal sealed class Rig(Broker broker, Hash ledgerId) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly List<IAsyncDisposable> open = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public BrokerSurroundings Surroundings => new(TimeProvider.System, new Random(1), Log.Enqueue);

    public Hash LedgerId => ledgerId;

    public static Rig On(Broker broker, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        broker.Require();
        return new Rig(broker, Hash.Of(Encoding.UTF8.GetBytes(test)));
    }

    public RabbitMqOrderer Orderer(BrokerSettings? settings = null, uint order = 0) => Keep(RabbitMqOrderer.Open(settings ?? broker.Settings(), ledgerId, order, Surroundings));

    public RabbitMqVoteChannel Channel(BrokerSettings? settings = null) => Keep(RabbitMqVoteChannel.Open(settings ?? broker.Settings(), ledgerId, Surroundings));

    /// <summary>Reads entries from a position on.</summary>
    public static async Task<List<byte[]>> ReadAsync(IOrderer orderer, ulong from, int count)
    {
        var read = new List<byte[]>();
        while (read.Count < count)
        {
            ReadOnlyMemory<byte>? entry = null;
            await UntilAsync(() => (entry = orderer.Read(from + (ulong)read.Count)) is not null, $"position {from + (ulong)read.Count} is read");
            read.Add(entry!.Value.ToArray());
        }

        return read;
    }

    /// <summary>Reads texts until one of them is there, and returns all of them.</summary>
    public static async Task<List<string>> ReadTextsUntilAsync(IOrderer orderer, string last)
    {
        var read = new List<string>();
        while (!read.Contains(last, StringComparer.Ordinal))
        {
            read.Add(Encoding.UTF8.GetString((await ReadAsync(orderer, (ulong)read.Count, 1))[0]));
        }

        return read;
    }

    public static void Publish(RabbitMqOrderer orderer, string text) => orderer.Publish(Encoding.UTF8.GetBytes(text));

    public static string? Receive(RabbitMqVoteChannel channel) => channel.Receive() is { } message ? Encoding.UTF8.GetString(message.Span) : null;

    /// <summary>Waits for what the broker or the network is to bring about.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Longest, $"It does not come to pass that {what}.");
            await Task.Delay(2);
        }
    }

    public Task UntilLoggedAsync(string part) => UntilAsync(() => Log.Any(line => line.Contains(part, StringComparison.Ordinal)), $"the log says '{part}'; it says: {string.Join(" | ", Log)}");

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable opened in open)
        {
            await opened.DisposeAsync();
        }
    }

    private T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        open.Add(opened);
        return opened;
    }
}
