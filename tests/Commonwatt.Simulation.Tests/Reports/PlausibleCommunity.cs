using Commonwatt.Simulation.Results;
using NodaTime;

namespace Commonwatt.Simulation.Tests.Reports;

/// <summary>A made-up community whose figures look like real ones and hang together: the same seed makes the same one.</summary>
internal static class PlausibleCommunity
{
    /// <summary>A run of <paramref name="days"/> local days with PV on two roofs of three.</summary>
    public static SimulationResult Make(int days, int members = 24, int minutes = 15, string name = "Rua das Flores", string zone = "Europe/Lisbon", bool batteries = true)
    {
        Random random = new(7);
        DateTimeZone timeZone = DateTimeZoneProviders.Tzdb[zone];
        LocalDate firstDay = new(2024, 1, days > 60 ? 1 : 20);
        firstDay = days > 60 ? firstDay : new LocalDate(2024, 6, 1);
        ZonedDateTime first = timeZone.AtStartOfDay(firstDay);
        ZonedDateTime end = timeZone.AtStartOfDay(firstDay.PlusDays(days));
        int count = (int)((end - first).TotalMinutes / minutes);
        Meter[] meters = [.. Enumerable.Range(0, members).Select(index => new Meter(index, random))];
        PeriodSeries series = Empty(count, batteries);
        double cloud = 0.8;
        for (int period = 0; period < count; period++)
        {
            LocalDateTime local = first.Plus(Duration.FromMinutes((long)period * minutes)).LocalDateTime;
            cloud = Math.Clamp(cloud + ((random.NextDouble() - 0.49) * 0.08), 0.15, 1);
            foreach (Meter meter in meters)
            {
                meter.Measure(local, minutes / 60.0, cloud, batteries, random);
            }

            Settle(series, period, meters, local);
        }

        return new SimulationResult
        {
            Scenario = name,
            Mechanism = "pay-as-clear",
            Currency = Currency.Euro,
            TimeZone = timeZone,
            Start = new Instant(first.ToInstant().ToUnixTimeMilliseconds()),
            PeriodLength = TimeSpan.FromMinutes(minutes),
            Series = series,
            Members = [.. meters.Select(meter => meter.Result())],
            Ledger = new LedgerSummary(count + 2, (long)count * members * 2, "9f2c81e07ab34d5512c0ffee5e1f00d4a7b6c3d2e1908f7a6b5c4d3e2f1a0b9c", Signatures: true),
            Residual = Money.Zero,
            Elapsed = TimeSpan.FromSeconds(3.2),
            DataProblems =
            [
                new DataProblem("missing", 37, "The same quarter of an hour of the week before stands in, marked as estimated.", ["homes.csv.gz line 4711: home-03 has no value at 2024-06-02T11:15:00Z"]),
                new DataProblem("negative", 2, "Read as zero.", ["homes.csv.gz line 812: pv_kwh is -0.004"]),
            ],
        };
    }

    private static PeriodSeries Empty(int count, bool batteries) => new()
    {
        LocalPrice = new Price?[count],
        Traded = new Energy[count],
        Load = new Energy[count],
        Generation = new Energy[count],
        MemberImport = new Energy[count],
        MemberExport = new Energy[count],
        CommunityImport = new Energy[count],
        CommunityExport = new Energy[count],
        Retail = new Price[count],
        FeedIn = new Price[count],
        BatteryDischarge = batteries ? new Energy[count] : null,
        CarbonIntensity = new double[count],
    };

    private static void Settle(PeriodSeries series, int period, Meter[] meters, LocalDateTime local)
    {
        long import = meters.Sum(meter => meter.Import);
        long export = meters.Sum(meter => meter.Export);
        long traded = Math.Min(import, export);
        Price retail = new(local.Hour is >= 8 and < 22 ? 240_000 : 150_000);
        Price feedIn = new(50_000);
        Price price = new(import + export == 0 ? 0 : 60_000 + (long)((Int128)(retail.MicrosPerKilowattHour - 70_000) * import / (import + export)));
        series.LocalPrice[period] = traded == 0 ? null : price;
        series.Traded[period] = new Energy(traded);
        series.Load[period] = new Energy(meters.Sum(meter => meter.Load));
        series.Generation[period] = new Energy(meters.Sum(meter => meter.Made));
        series.MemberImport[period] = new Energy(import);
        series.MemberExport[period] = new Energy(export);
        series.CommunityImport[period] = new Energy(import - traded);
        series.CommunityExport[period] = new Energy(export - traded);
        series.Retail[period] = retail;
        series.FeedIn[period] = feedIn;
        if (series.BatteryDischarge is { } discharge)
        {
            discharge[period] = new Energy(meters.Sum(meter => meter.Discharge));
        }

        series.CarbonIntensity![period] = 180 + (60 * Math.Cos((local.Hour - 19) * Math.PI / 12));
        foreach (Meter meter in meters)
        {
            meter.Pay(traded, import, export, price, retail, feedIn);
        }
    }

    private sealed class Meter(int index, Random random)
    {
        private readonly double peak = index % 3 == 2 ? 0 : 2.5 + (random.NextDouble() * 4);
        private readonly double size = 0.6 + random.NextDouble();
        private readonly double shift = random.NextDouble() * 2;
        private readonly double capacity = index % 4 == 0 ? 5 : 0;
        private double stored;
        private long load, made, import, export, bought, sold, with, without;

        public long Load { get; private set; }

        public long Made { get; private set; }

        public long Discharge { get; private set; }

        public long Import { get; private set; }

        public long Export { get; private set; }

        public void Measure(LocalDateTime local, double hours, double cloud, bool batteries, Random noise)
        {
            double hour = local.Hour + (local.Minute / 60.0);
            double season = Math.Cos((local.DayOfYear - 172) * 2 * Math.PI / 365);
            double day = 12 + (2.5 * season);
            double height = Math.Max(0, Math.Sin((hour - 13 + (day / 2)) / day * Math.PI));
            bool up = hour > 13 - (day / 2) && hour < 13 + (day / 2);
            double kilowattsMade = up ? peak * (0.55 + (0.3 * season)) * Math.Pow(height, 1.3) * cloud : 0;
            double use = 0.18 + (0.5 * Bump(hour - shift, 7.5, 1.4)) + (1.1 * Bump(hour - shift, 19, 2)) + (0.25 * Bump(hour, 13, 2));
            double kilowattsUsed = size * use * (1.1 - (0.2 * season)) * (0.6 + (noise.NextDouble() * 0.8));
            double net = (kilowattsUsed - kilowattsMade) * hours;
            double flow = batteries ? Math.Clamp(net, Math.Max(stored - capacity, -2.5 * hours), Math.Min(stored, 2.5 * hours)) : 0;
            stored -= flow;
            Load = (long)(kilowattsUsed * hours * 1000);
            Made = (long)(kilowattsMade * hours * 1000);
            long charge = flow < 0 ? (long)(-flow * 1000) : 0;
            Discharge = flow > 0 ? (long)(flow * 1000) : 0;
            long metered = Load - Made - Discharge + charge;
            Import = Math.Max(0, metered);
            Export = Math.Max(0, -metered);
        }

        public void Pay(long traded, long allImport, long allExport, Price price, Price retail, Price feedIn)
        {
            long buys = allImport == 0 ? 0 : (long)((Int128)traded * Import / allImport);
            long sells = allExport == 0 ? 0 : (long)((Int128)traded * Export / allExport);
            load += Load;
            made += Made;
            import += Import;
            export += Export;
            bought += buys;
            sold += sells;
            without += new Energy(Import).At(retail).Micros - new Energy(Export).At(feedIn).Micros;
            with += new Energy(buys - sells).At(price).Micros + new Energy(Import - buys).At(retail).Micros - new Energy(Export - sells).At(feedIn).Micros;
        }

        public MemberResult Result() => new()
        {
            Id = $"h{index + 1:00}",
            Name = $"Flores {index + 1}",
            Strategy = index % 5 == 0 ? "linear" : "truthful",
            Load = new Energy(load),
            Generation = new Energy(made),
            Import = new Energy(import),
            Export = new Energy(export),
            Bought = new Energy(bought),
            Sold = new Energy(sold),
            CostWithMarket = new Money(with),
            CostWithoutMarket = new Money(without),
            EstimatedReadings = index == 2 ? 37 : 0,
        };

        private static double Bump(double hour, double at, double width) => Math.Exp(-Math.Pow((hour - at) / width, 2));
    }
}
