using Commonwatt.Contracts.Wire;
using Commonwatt.Node.Demo;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>What the demo's manager announces.</summary>
public sealed class StreetTariffsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(17)]
    [InlineData(23)]
    public void No_change_is_so_near_that_it_may_be_past_when_the_block_comes(int hour)
    {
        var now = Instant.From(new DateTimeOffset(2026, 11, 21, hour, 56, 0, TimeSpan.Zero));

        var call = SetTariffs.Parser.ParseFrom(StreetTariffs.Announce(now).Arguments);

        Assert.True(call.Changes.Count > 4);
        Assert.All(call.Changes, change => Assert.True(change.FromMs > (now + TimeSpan.FromHours(1)).UnixMilliseconds));
    }
}
