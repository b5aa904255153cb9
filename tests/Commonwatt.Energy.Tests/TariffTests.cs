using FsCheck.Fluent;

namespace Commonwatt.Tests;

public sealed class TariffTests
{
    private static readonly Price Day = new(240_000);
    private static readonly Price Night = new(120_000);

    [Theory]
    [InlineData(0, 120_000)]
    [InlineData(479, 120_000)]
    [InlineData(480, 240_000)]
    [InlineData(1319, 240_000)]
    [InlineData(1320, 120_000)]
    [InlineData(1439, 120_000)]
    public void A_band_may_run_past_midnight(int minute, long price) =>
        Assert.Equal(new Price(price), Tariff.FromBands([new(480, 1320, Day), new(1320, 480, Night)]).PriceAt(minute));

    [Fact]
    public void A_flat_tariff_has_one_price_all_day() =>
        Assert.All(Enumerable.Range(0, 1440), minute => Assert.Equal(Day, Tariff.Flat(Day).PriceAt(minute)));

    [Fact]
    public void Each_minute_has_the_price_of_the_band_that_covers_it() => Property.Holds(
        from count in Gen.Choose(1, 6)
        from starts in Gen.ArrayOf(Gen.Choose(0, 1439), count)
        select starts.Distinct().Order().ToArray(),
        starts =>
        {
            TariffBand[] bands = [.. starts.Select((start, index) => new TariffBand(start, starts[(index + 1) % starts.Length], new Price(index)))];
            Tariff tariff = Tariff.FromBands(bands.Reverse());
            Assert.Equal(1440, bands.Sum(band => band.Length));
            Assert.All(Enumerable.Range(0, 1440), minute => Assert.Equal(bands.Single(band => band.Covers(minute)).Price, tariff.PriceAt(minute)));
        });

    [Theory]
    [InlineData(480, 1200, "The band from 08:00 to 20:00 leaves a gap before the next band, which begins at 22:00")]
    [InlineData(480, 1380, "The band from 08:00 to 23:00 overlaps the next band, which begins at 22:00")]
    public void A_gap_or_an_overlap_is_named(int from, int to, string expected) => Assert.StartsWith(
        expected,
        Assert.Throws<ArgumentException>(() => Tariff.FromBands([new(from, to, Day), new(1320, 480, Night)])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Two_bands_of_a_whole_day_overlap() =>
        Assert.Throws<ArgumentException>(() => Tariff.FromBands([new(0, 1440, Day), new(0, 1440, Night)]));

    [Fact]
    public void A_tariff_needs_a_band() => Assert.Throws<ArgumentException>(() => Tariff.FromBands([]));

    [Theory]
    [InlineData(-1)]
    [InlineData(1440)]
    public void A_minute_outside_the_day_is_an_error(int minute)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tariff.Flat(Day).PriceAt(minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TariffBand(minute, 0, Day));
    }
}
