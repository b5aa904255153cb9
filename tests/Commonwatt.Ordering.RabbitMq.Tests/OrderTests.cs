using System.Text;
using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq.Tests;

[Collection(nameof(Broker))]
public sealed class OrderTests(Broker broker)
{
    [Fact]
    public async Task Entries_come_back_in_the_order_they_were_published_from_position_0_on()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        string[] texts = [.. Enumerable.Range(0, 500).Select(n => $"entry {n}")];

        foreach (string text in texts)
        {
            Rig.Publish(orderer, text);
        }

        Assert.Equal(texts, (await Rig.ReadAsync(orderer, 0, texts.Length)).Select(Encoding.UTF8.GetString));
        Assert.Null(orderer.Read(500));
        await Rig.UntilAsync(() => orderer.Unconfirmed == 0, "all are confirmed");
        Assert.Null(orderer.Trouble);
    }

    [Fact]
    public async Task Two_readers_see_the_same_entries_at_the_same_positions()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer one = rig.Orderer();
        RabbitMqOrderer other = rig.Orderer(broker.Settings("validator-2"));

        for (int n = 0; n < 200; n++)
        {
            Rig.Publish(one, $"one {n}");
            Rig.Publish(other, $"other {n}");
        }

        List<byte[]> seen = await Rig.ReadAsync(one, 0, 400);
        Assert.Equal(seen, await Rig.ReadAsync(other, 0, 400));
        string[] texts = [.. seen.Select(Encoding.UTF8.GetString)];
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"one {n}"), texts.Where(text => text.StartsWith("one", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"other {n}"), texts.Where(text => text.StartsWith("other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reading_can_begin_at_any_position_and_again_at_an_earlier_one()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        for (int n = 0; n < 100; n++)
        {
            Rig.Publish(orderer, $"{n}");
        }

        await Rig.ReadAsync(orderer, 0, 100);
        RabbitMqOrderer restarted = rig.Orderer(broker.Settings("reader"));

        foreach (int from in new[] { 40, 3, 99, 0 })
        {
            string[] expected = [.. Enumerable.Range(from, int.Min(20, 100 - from)).Select(n => $"{n}")];
            Assert.Equal(expected, (await Rig.ReadAsync(restarted, (ulong)from, expected.Length)).Select(Encoding.UTF8.GetString));
        }
    }

    [Fact]
    public async Task A_slow_reader_with_a_small_buffer_gets_every_entry()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer publisher = rig.Orderer();
        RabbitMqOrderer reader = rig.Orderer(broker.Settings("reader") with { BufferEntries = 16 });
        Assert.Null(reader.Read(0));
        for (int n = 0; n < 1000; n++)
        {
            Rig.Publish(publisher, $"{n}");
        }

        await Rig.UntilAsync(() => publisher.Unconfirmed == 0, "all are confirmed");

        Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"{n}"), (await Rig.ReadAsync(reader, 0, 1000)).Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public async Task Orders_with_different_numbers_are_apart()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer first = rig.Orderer();
        RabbitMqOrderer second = rig.Orderer(order: 1);
        Rig.Publish(first, "of the first");
        Rig.Publish(second, "of the second");

        Assert.Equal("of the second", Encoding.UTF8.GetString((await Rig.ReadAsync(second, 0, 1))[0]));
        Assert.Equal((1u, $"commonwatt.{rig.LedgerId.ToString()[..16]}.order-1"), (second.Order, second.Stream));
    }

    [Fact]
    public async Task Whatever_somebody_else_publishes_has_its_position_but_no_bytes_if_it_is_too_long()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        Rig.Publish(orderer, "before");
        await Rig.ReadAsync(orderer, 0, 1);
        await using IConnection connection = await broker.ConnectAsync("validator-1");
        await using IChannel channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), TestContext.Current.CancellationToken);
        foreach (byte[] entry in new[] { [1, 2, 3], new byte[SignedBatch.MostBytes + 1], [] })
        {
            await channel.BasicPublishAsync("", orderer.Stream, mandatory: true, new BasicProperties(), entry, TestContext.Current.CancellationToken);
        }

        Rig.Publish(orderer, "after");

        Assert.Equal([[1, 2, 3], [], [], "after"u8.ToArray()], await Rig.ReadAsync(orderer, 1, 4));
    }

    [Fact]
    public async Task Nothing_is_lost_and_the_order_is_kept_when_the_broker_is_killed_and_comes_back()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer();
        RabbitMqOrderer reader = rig.Orderer(broker.Settings("reader"));
        Rig.Publish(orderer, "0");
        await Rig.ReadAsync(reader, 0, 1);

        int published = 1;
        for (; published < 300; published++)
        {
            Rig.Publish(orderer, $"{published}");
        }

        await broker.KillAsync();
        for (; published < 400; published++)
        {
            Rig.Publish(orderer, $"{published}");
        }

        await rig.UntilLoggedAsync("Lost the broker");
        Assert.NotNull(orderer.Trouble);
        await broker.RestartAsync();
        Rig.Publish(orderer, "last");

        // The same reader goes on, and another one from the start sees the same; each entry counts where it comes first.
        List<string> seen = await Rig.ReadTextsUntilAsync(orderer, "last");
        Assert.Equal([.. Enumerable.Range(0, 400).Select(n => $"{n}"), "last"], seen.Distinct(StringComparer.Ordinal));
        Assert.Equal(seen[1..], (await Rig.ReadAsync(reader, 1, seen.Count - 1)).Select(Encoding.UTF8.GetString));
        await Rig.UntilAsync(() => orderer.Unconfirmed == 0 && orderer.Trouble is null, "all are confirmed");
    }
}
