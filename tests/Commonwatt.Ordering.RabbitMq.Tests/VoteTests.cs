namespace Commonwatt.Ordering.RabbitMq.Tests;

[Collection(nameof(Broker))]
public sealed class VoteTests(Broker broker)
{
    [Fact]
    public async Task What_one_says_everybody_hears_who_said_it_too()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqVoteChannel one = rig.Channel();
        RabbitMqVoteChannel other = rig.Channel(broker.Settings("validator-2"));
        Action sayAgain = EachSecond(() =>
        {
            one.Send("of one"u8.ToArray());
            other.Send("of the other"u8.ToArray());
        });

        foreach (RabbitMqVoteChannel channel in new[] { one, other })
        {
            var heard = new HashSet<string>(StringComparer.Ordinal);
            await Rig.UntilAsync(
                () =>
                {
                    sayAgain();
                    return Rig.Receive(channel) is { } message && heard.Add(message) && heard.Count == 2;
                },
                "both are heard");
            Assert.Equal(["of one", "of the other"], heard.Order(StringComparer.Ordinal));
        }

        await Rig.UntilAsync(() => one.Trouble is null, "nothing is wrong");
    }

    [Fact]
    public async Task Who_comes_back_hears_what_was_said_before()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqVoteChannel before = rig.Channel();
        Action sayAgain = EachSecond(() => before.Send("earlier"u8.ToArray()));
        await Rig.UntilAsync(
            () =>
            {
                sayAgain();
                return Rig.Receive(before) is "earlier";
            },
            "it is heard");
        await before.DisposeAsync();

        RabbitMqVoteChannel restarted = rig.Channel(broker.Settings("validator-1"));

        await Rig.UntilAsync(() => Rig.Receive(restarted) is "earlier", "it is heard again");
    }

    [Fact]
    public async Task What_was_said_while_nobody_was_connected_is_heard_and_the_oldest_dropped_where_it_is_too_much()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqVoteChannel channel = rig.Channel();
        const int Said = 3000;
        for (int n = 0; n < Said; n++)
        {
            channel.Send(BitConverter.GetBytes(n));
        }

        var heard = new List<int>();
        await Rig.UntilAsync(
            () =>
            {
                if (channel.Receive() is { } message)
                {
                    heard.Add(BitConverter.ToInt32(message.Span));
                }

                return heard.Contains(Said - 1);
            },
            "the newest is heard");
        Assert.Equal(heard.Order(), heard);
        Assert.True(heard.Count < Said, "The oldest were not dropped.");
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqVoteChannel channel = rig.Channel();

        Assert.Throws<ArgumentException>(() => channel.Send(new byte[RabbitMqVoteChannel.MostBytes + 1]));
    }

    // The channel may lose a message: validators repeat their votes, and so do these tests what is waited for.
    private static Action EachSecond(Action say)
    {
        long said = 0;
        return () =>
        {
            if (TimeProvider.System.GetElapsedTime(said) > TimeSpan.FromSeconds(1))
            {
                said = TimeProvider.System.GetTimestamp();
                say();
            }
        };
    }
}
