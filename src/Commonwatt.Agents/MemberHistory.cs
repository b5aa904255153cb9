namespace Commonwatt.Agents;

/// <summary>What one member may see of the past: its own meter readings, up to now and no further.</summary>
/// <param name="net">The net readings (import minus export, Wh) of the periods 0 up to now.</param>
/// <param name="states">Whether each of them is there and believable; of the same length.</param>
/// <param name="periodsPerDay">How many periods 24 hours have.</param>
public readonly ref struct MemberHistory(ReadOnlySpan<int> net, ReadOnlySpan<ReadingState> states, int periodsPerDay)
{
    private readonly ReadOnlySpan<int> net = net;
    private readonly ReadOnlySpan<ReadingState> states = states;

    /// <summary>How many periods have been read: the index of the first one that has not.</summary>
    public int Known => net.Length;

    /// <summary>How many periods 24 hours have.</summary>
    public int PeriodsPerDay { get; } = periodsPerDay;

    /// <summary>The reading of a period.</summary>
    /// <param name="period">The index of the period; any number.</param>
    /// <param name="reading">The net reading, or zero.</param>
    /// <returns>False where the period is not in the past, or its reading is missing or odd.</returns>
    public bool TryNet(int period, out Energy reading)
    {
        bool there = (uint)period < (uint)net.Length && states[period] == ReadingState.Measured;
        reading = there ? new Energy(net[period]) : Energy.Zero;
        return there;
    }
}
