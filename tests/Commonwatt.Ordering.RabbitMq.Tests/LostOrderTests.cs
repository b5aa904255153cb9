using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq.Tests;

[Collection(nameof(Broker))]
public sealed class LostOrderTests(Broker broker)
{
    private const int EntrySize = 256 * 1024;

    [Fact]
    public async Task Positions_stay_whole_where_the_broker_keeps_records_of_its_own_in_the_stream()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        const int Published = 70;
        await PublishNumberedAsync(orderer, Published);

        // Two files are full by now, and each new one begins with a record of the broker's.
        List<byte[]> entries = [];
        while (entries.Count(entry => entry.Length > 0) < Published)
        {
            entries.AddRange(await Rig.ReadAsync(orderer, (ulong)entries.Count, 1));
        }

        Assert.Equal(Enumerable.Range(0, Published), entries.Where(entry => entry.Length > 0).Select(entry => BitConverter.ToInt32(entry)));
        int[] records = [.. Enumerable.Range(0, entries.Count).Where(position => entries[position].Length == 0)];
        Assert.NotEmpty(records);
        RabbitMqOrderer restarted = rig.Orderer();
        foreach (int from in records.SelectMany(record => new[] { record, record + 1, record - 1 }))
        {
            Assert.Equal(entries.Skip(from).Take(3).Select(entry => entry.Length), (await Rig.ReadAsync(restarted, (ulong)from, int.Min(3, entries.Count - from))).Select(entry => entry.Length));
        }
    }

    [Fact]
    public async Task A_position_that_the_stream_has_dropped_is_said_to_be_lost()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        await PublishNumberedAsync(orderer, 200);

        OrderLostException lost = await LostAsync(rig.Orderer(), 0);

        Assert.Contains("position 0 is gone", lost.Message, StringComparison.Ordinal);
        // What is left can still be read; which of the positions the broker took for a record of its own is its affair.
        Assert.Contains(await Rig.ReadAsync(orderer, 195, 3), entry => entry.Length == EntrySize);
    }

    [Fact]
    public async Task A_stream_that_lost_its_end_is_said_to_be_lost()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        await PublishNumberedAsync(orderer, 20);
        await Rig.ReadAsync(orderer, 0, 20);
        await orderer.DisposeAsync();
        await using IConnection connection = await broker.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeleteAsync(orderer.Stream, cancellationToken: TestContext.Current.CancellationToken);
        RabbitMqOrderer stranger = rig.Orderer();
        await PublishNumberedAsync(stranger, 5);

        OrderLostException lost = await LostAsync(rig.Orderer(broker.Settings() with { Patience = TimeSpan.FromSeconds(1) }), 20);

        Assert.Contains("ends at position 4, but position 19 was read before", lost.Message, StringComparison.Ordinal);
    }

    // A few at a time: what comes at once the broker would write as one, and keep or drop as one.
    private static async Task PublishNumberedAsync(RabbitMqOrderer orderer, int count)
    {
        for (int n = 0; n < count; n++)
        {
            await Rig.UntilAsync(() => orderer.Unconfirmed < 4, "the broker confirms");
            byte[] entry = new byte[EntrySize];
            BitConverter.TryWriteBytes(entry, n);
            orderer.Publish(entry);
        }

        await Rig.UntilAsync(() => orderer.Unconfirmed == 0, "all are confirmed");
    }

    private static async Task<OrderLostException> LostAsync(RabbitMqOrderer orderer, ulong position)
    {
        OrderLostException? lost = null;
        await Rig.UntilAsync(
            () =>
            {
                lost = Record.Exception(() => Assert.Null(orderer.Read(position))) as OrderLostException;
                return lost is not null;
            },
            "the position is said to be lost");
        return lost!;
    }
}
