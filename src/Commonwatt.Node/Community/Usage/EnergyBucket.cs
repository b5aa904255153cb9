using Commonwatt.Node.Community.Requests;

namespace Commonwatt.Node.Community.Usage;

/// <summary>Adds up a member's energy over a period, an hour, a day or a month.</summary>
/// <param name="bounds">Its bounds.</param>
internal sealed class EnergyBucket(TimeRange bounds)
{
    private long? consumption;
    private long? pv;
    private long? charged;
    private long? discharged;
    private long import;
    private long export;
    private long bought;
    private long sold;
    private long gridImport;
    private long gridExport;
    private Int128 worth;
    private long priced;
    private long? onlyPrice;
    private bool isEstimated;

    /// <summary>Whether a moment lies in it.</summary>
    public bool Holds(Instant moment) => moment >= bounds.From && moment < bounds.To;

    /// <summary>Whether anything is known.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Adds a period: what the meter reported of both directions or, without a report, the net that it settled with.</summary>
    public void Add(PeriodFacts period)
    {
        bool isMetered = period.ImportWh is not null || period.NetWh is not null;
        HasAny |= isMetered || period.BoughtWh is not null || period.SoldWh is not null;
        long drawn = period.ImportWh ?? long.Max(0, period.NetWh ?? 0);
        long fed = period.ExportWh ?? long.Max(0, -(period.NetWh ?? 0));
        import += drawn;
        export += fed;
        bought += period.BoughtWh ?? 0;
        sold += period.SoldWh ?? 0;
        // Gross and net are never mixed up: what was bought may be less than what was drawn, and the rest is the grid's.
        gridImport += long.Max(0, drawn - (period.BoughtWh ?? 0));
        gridExport += long.Max(0, fed - (period.SoldWh ?? 0));
        isEstimated |= period.IsEstimated == 1;
        onlyPrice = period.Price;
        if (period.TradedWh > 0)
        {
            worth += period.Price is { } price ? (Int128)price * period.TradedWh : (Int128)period.TradedAmount * 1000;
            priced += period.TradedWh;
        }
    }

    /// <summary>Adds what devices measured.</summary>
    public void Add(EnergySlice slice)
    {
        HasAny = true;
        consumption = Sum(consumption, slice.Consumption);
        pv = Sum(pv, slice.Pv);
        charged = Sum(charged, slice.Charged);
        discharged = Sum(discharged, slice.Discharged);
    }

    /// <summary>The sums as they are sent.</summary>
    public EnergyJson ToJson() => new(
        bounds.From, bounds.To, consumption, pv, charged, discharged, import, export, bought, sold, gridImport, gridExport, priced > 0 ? (long)(worth / priced) : onlyPrice, isEstimated);

    private static long? Sum(long? sum, Energy? more) => more is { } energy ? (sum ?? 0) + energy.WattHours : sum;
}

/// <summary>A member's energy over a period, an hour, a day or a month; what nothing measures is null.</summary>
/// <param name="Start">The start.</param>
/// <param name="End">The end.</param>
/// <param name="ConsumptionWh">What the home used.</param>
/// <param name="PvWh">What the sun gave.</param>
/// <param name="BatteryChargeWh">What went into the battery.</param>
/// <param name="BatteryDischargeWh">What came out of it.</param>
/// <param name="ImportWh">What the meter counted in.</param>
/// <param name="ExportWh">What the meter counted out.</param>
/// <param name="BoughtWh">What was bought from neighbours.</param>
/// <param name="SoldWh">What was sold to them.</param>
/// <param name="GridImportWh">What came in beyond what was bought.</param>
/// <param name="GridExportWh">What went out beyond what was sold.</param>
/// <param name="Price">The price inside the community, over more than a period the mean by energy, micro-currency per kWh.</param>
/// <param name="Estimated">Whether an estimate stands in for a missing reading.</param>
internal sealed record EnergyJson(
    Instant Start,
    Instant End,
    long? ConsumptionWh,
    long? PvWh,
    long? BatteryChargeWh,
    long? BatteryDischargeWh,
    long ImportWh,
    long ExportWh,
    long BoughtWh,
    long SoldWh,
    long GridImportWh,
    long GridExportWh,
    long? Price,
    bool Estimated);
