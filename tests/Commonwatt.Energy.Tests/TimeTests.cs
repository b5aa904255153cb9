using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Tests;

public sealed class TimeTests
{
    private static readonly Instant OneOClock = Instant.From(new DateTimeOffset(2024, 6, 1, 13, 0, 0, TimeSpan.Zero));

    private static readonly Gen<(Instant Moment, TimeSpan Length)> Moments =
        from days in Gen.Choose(-40_000, 40_000)
        from milliseconds in Gen.Choose(0, 86_399_999)
        from length in Gen.Elements(DeliveryPeriod.Lengths.AsEnumerable())
        select (new Instant((days * 86_400_000L) + milliseconds), length);

    [Fact]
    public void A_moment_lies_in_the_one_period_that_contains_it() => Property.Holds(Moments, given =>
    {
        DeliveryPeriod period = DeliveryPeriod.Containing(given.Moment, given.Length);

        Assert.True(period.Contains(given.Moment));
        Assert.False(period.Next.Contains(given.Moment));
        Assert.Equal(given.Length, period.End - period.Start);
        Assert.True(DeliveryPeriod.IsStart(period.Start, given.Length));
        Assert.Equal(period.End, period.Next.Start);
        Assert.True(period.CompareTo(period.Next) < 0);
        Assert.False(period.Contains(period.End));
    });

    [Fact]
    public void A_period_lasts_5_10_15_30_or_60_minutes() => Assert.Equal(
        [5, 10, 15, 30, 60],
        Enumerable.Range(0, 200).Where(minutes => DeliveryPeriod.IsLength(TimeSpan.FromMinutes(minutes))));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-15)]
    public void Another_length_is_an_error_that_lists_the_right_ones(int minutes)
    {
        TimeSpan length = TimeSpan.FromMinutes(minutes);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new DeliveryPeriod(OneOClock, length));
        Assert.StartsWith("A delivery period lasts 5, 10, 15, 30 or 60 minutes", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DeliveryPeriod.Containing(OneOClock, length));
        Assert.False(DeliveryPeriod.IsStart(OneOClock, length));
    }

    [Fact]
    public void A_start_off_the_grid_of_the_hour_is_an_error_that_names_it()
    {
        Instant late = OneOClock + TimeSpan.FromMinutes(5);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new DeliveryPeriod(late, TimeSpan.FromMinutes(15)));

        Assert.StartsWith("2024-06-01T13:05:00Z is not the start of a period of 15 minutes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_period_is_written_as_its_start_and_end() =>
        Assert.Equal("2024-06-01T13:00:00Z/2024-06-01T14:00:00Z", new DeliveryPeriod(OneOClock, TimeSpan.FromHours(1)).ToString());

    [Fact]
    public void An_instant_is_written_in_utc_with_milliseconds_where_there_are_some()
    {
        Assert.Equal("2024-06-01T13:00:00Z", OneOClock.ToString());
        Assert.Equal("2024-06-01T13:00:00.007Z", (OneOClock + TimeSpan.FromMilliseconds(7)).ToString());
        Assert.Equal("9223372036854775807 ms after 1970-01-01T00:00:00Z", new Instant(long.MaxValue).ToString());
    }

    [Fact]
    public void An_instant_is_the_same_point_in_time_as_the_frameworks() => Property.Holds(Moments, given =>
    {
        Assert.Equal(given.Moment, Instant.From(given.Moment.ToDateTimeOffset()));
        Assert.Equal(given.Moment, given.Moment + given.Length - given.Length);
        Assert.Equal(given.Length, given.Moment + given.Length - given.Moment);
    });

    [Fact]
    public void Time_beyond_its_range_is_an_error()
    {
        Assert.Throws<OverflowException>(() => new Instant(long.MaxValue) + TimeSpan.FromMilliseconds(1));
        Assert.Throws<OverflowException>(() => new Instant(long.MaxValue) - new Instant(0));
    }
}
