using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Scenarios;

/// <summary>Scenarios over the whole of a real data file.</summary>
internal static class RealScenario
{
    public static Scenario Over(string file, string zone, DateOnly start, int days, TimeSpan period, string? pvColumn = null) => new()
    {
        Name = file,
        TimeZone = zone,
        Currency = Currency.Euro,
        Start = start,
        Days = days,
        Period = period,
        Folder = Path.GetDirectoryName(SharedFolder.Data(file))!,
        Tariffs = new TariffRules(TariffSource.Flat(new Price(220_000)), TariffSource.Flat(Price.Zero), Price.Zero),
        MembersFrom = new MembersFromFile(file) { TimestampColumn = "period_start_utc", MeterColumn = "premise_id", PvColumn = pvColumn },
    };

    public static CommunityData California() => CommunityData.Prepare(CaliforniaScenario()).Required();

    public static Scenario CaliforniaScenario()
    {
        const string Prices = "homes_ca_price_carbon_hourly.csv.gz";
        return Over("homes_ca_hourly.csv.gz", "America/Los_Angeles", new DateOnly(2016, 8, 1), 365, TimeSpan.FromHours(1), "pv_kwh") with
        {
            Tariffs = new TariffRules(
                new TariffSource.FromSeries(new SeriesReference(Prices, "price_usd_per_kwh") { TimestampColumn = "period_start_utc" }),
                TariffSource.Flat(Price.Zero),
                Price.Zero),
            CarbonIntensity = new CarbonIntensity.FromSeries(new SeriesReference(Prices, "carbon_kg_per_kwh") { TimestampColumn = "period_start_utc" }),
        };
    }

    public static CommunityData NewSouthWales() =>
        CommunityData.Prepare(Over("homes_nsw_30min.csv.gz", "Australia/Sydney", new DateOnly(2012, 7, 1), 550, TimeSpan.FromMinutes(30))).Required();

    public static CommunityData Switzerland() =>
        CommunityData.Prepare(Over("homes_ch_15min.csv.gz", "Europe/Zurich", new DateOnly(2018, 10, 29), 49, TimeSpan.FromMinutes(15))).Required();

    public static CommunityData London() =>
        CommunityData.Prepare(Over("homes_uk_london_30min.csv.gz", "Europe/London", new DateOnly(2013, 1, 1), 424, TimeSpan.FromMinutes(30))).Required();

    /// <summary>The largest sum of a quantity over the members, in Wh, and when.</summary>
    public static (long WattHours, string At) Peak(CommunityData data, Func<MemberData, int[]> quantity)
    {
        long[] sums = [.. Enumerable.Range(0, data.Grid.Count).Select(period => data.Members.Sum(member => (long)quantity(member)[period]))];
        int at = Array.IndexOf(sums, sums.Max());
        return (sums[at], data.Grid.StartOf(at).ToString());
    }
}
