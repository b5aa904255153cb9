namespace Commonwatt.Node.Community;

/// <summary>A community without raw readings, such as one whose gateways report to the ledger alone.</summary>
internal sealed class NoReadings : IReadingSource
{
    /// <inheritdoc/>
    public LivePower? LatestOf(long member) => null;

    /// <inheritdoc/>
    public IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length) => [];

    /// <inheritdoc/>
    public IReadOnlyList<MeterState> StateOfMeters() => [];
}
