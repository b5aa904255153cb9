namespace Commonwatt.Node.Community;

/// <summary>What meters and assets report beside the ledger. A member's own readings are his alone: who asks must have checked that.</summary>
internal interface IReadingSource
{
    /// <summary>A member's newest reading, or null where there never was one or it was erased.</summary>
    LivePower? LatestOf(long member);

    /// <summary>A member's energy by time, in slices of one length; slices without any reading are left out.</summary>
    /// <param name="member">Whose.</param>
    /// <param name="from">The start of the first slice.</param>
    /// <param name="to">The end of the last.</param>
    /// <param name="length">How long a slice lasts, such as a delivery period.</param>
    IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length);

    /// <summary>Every meter that is registered, and when it was heard of last.</summary>
    IReadOnlyList<MeterState> StateOfMeters();

    /// <summary>The address of this node's gateway, which meters are registered with whose readings it reports; null where the node has none.</summary>
    string? Gateway => null;
}

/// <summary>Power at one moment. What a home does not have or report is null.</summary>
/// <param name="At">When.</param>
/// <param name="Import">What is taken from the grid.</param>
/// <param name="Export">What is given to the grid.</param>
/// <param name="Pv">What the sun gives.</param>
/// <param name="Battery">What the battery takes; negative where it gives.</param>
/// <param name="Vehicle">What vehicles take; negative where they give.</param>
/// <param name="Load">What all else takes.</param>
internal sealed record LivePower(Instant At, Power Import, Power Export, Power? Pv, Power? Battery, Power? Vehicle, Power? Load);

/// <summary>Energy over a stretch of time. What a home does not have or report is null.</summary>
/// <param name="Start">The start.</param>
/// <param name="Import">What was taken from the grid.</param>
/// <param name="Export">What was given to the grid.</param>
/// <param name="Consumption">What was used.</param>
/// <param name="Pv">What the sun gave.</param>
/// <param name="Charged">What batteries took.</param>
/// <param name="Discharged">What batteries gave.</param>
internal sealed record EnergySlice(Instant Start, Energy Import, Energy Export, Energy? Consumption, Energy? Pv, Energy? Charged, Energy? Discharged);

/// <summary>A meter, and when it was heard of.</summary>
/// <param name="Meter">Its address, as the ledger prints it.</param>
/// <param name="Member">Whose it is.</param>
/// <param name="LastReadingAt">The time of its newest reading, or null.</param>
/// <param name="Interval">How often it reports, as far as can be told; null before its second reading.</param>
internal sealed record MeterState(string Meter, long Member, Instant? LastReadingAt, TimeSpan? Interval);
