using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Community;

/// <summary>What members' devices measured, as the pages show it. Raw readings are kept off the ledger and can be erased; then there is nothing here.</summary>
internal interface IReadingSource
{
    /// <summary>The newest powers of a member's meter and devices, or null where none came yet.</summary>
    PowerNow? LatestOf(long member);

    /// <summary>What a member's devices produced and used in each delivery period that a reading is there for, by time.</summary>
    /// <param name="member">The member's number.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment after the last.</param>
    /// <param name="resolution">How long a period lasts.</param>
    IReadOnlyList<MeasuredPeriod> SeriesOf(long member, Instant from, Instant to, TimeSpan resolution);

    /// <summary>When each meter that ever reported was heard last.</summary>
    IReadOnlyList<MeterContact> StateOfMeters();
}

/// <summary>Powers at a moment, in watts.</summary>
/// <param name="At">When they were measured, in the community's time.</param>
/// <param name="Import">What the member draws from the grid.</param>
/// <param name="Export">What he feeds into it.</param>
/// <param name="Pv">What his PV system makes; null without one.</param>
/// <param name="Battery">What his battery takes (positive) or gives (negative); null without one.</param>
/// <param name="Ev">What his charging station takes; null without one.</param>
/// <param name="Load">What his home uses; null where nothing measures it.</param>
internal sealed record PowerNow(Instant At, Power Import, Power Export, Power? Pv, Power? Battery, Power? Ev, Power? Load);

/// <summary>Energies of a member over a period; null where nothing measures them.</summary>
/// <param name="Start">The start of the period.</param>
/// <param name="Consumption">What his home used, charging of cars included.</param>
/// <param name="Pv">What his PV system made.</param>
/// <param name="BatteryCharge">What went into his battery.</param>
/// <param name="BatteryDischarge">What came out of it.</param>
internal sealed record MeasuredPeriod(Instant Start, Energy? Consumption, Energy? Pv, Energy? BatteryCharge, Energy? BatteryDischarge);

/// <summary>When a meter was heard last.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="LastReadingAt">The time of its newest reading.</param>
/// <param name="Interval">How often it usually reports, or null where that is not known yet.</param>
internal sealed record MeterContact(Address Meter, Instant LastReadingAt, TimeSpan? Interval);

/// <summary>A community without raw readings, such as one whose gateways report to the ledger alone.</summary>
internal sealed class NoReadings : IReadingSource
{
    /// <inheritdoc/>
    public PowerNow? LatestOf(long member) => null;

    /// <inheritdoc/>
    public IReadOnlyList<MeasuredPeriod> SeriesOf(long member, Instant from, Instant to, TimeSpan resolution) => [];

    /// <inheritdoc/>
    public IReadOnlyList<MeterContact> StateOfMeters() => [];
}
