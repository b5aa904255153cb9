namespace Commonwatt.Node.Projections;

/// <summary>How far the tables are behind the ledger.</summary>
/// <param name="Height">The newest block that is in them, or null.</param>
/// <param name="Time">Its time.</param>
/// <param name="FinalHeight">The ledger's newest final block, or null.</param>
/// <param name="Fault">Why they do not go on, in a sentence, or null.</param>
internal sealed record ProjectionStatus(ulong? Height, Instant? Time, ulong? FinalHeight, string? Fault)
{
    /// <summary>How many final blocks are not in the tables yet.</summary>
    public ulong Lag => FinalHeight is { } final ? final + 1 - ulong.Min(final + 1, Height is { } height ? height + 1 : 0) : 0;

    /// <summary>Whether what the tables show is what the ledger says, but for the blocks of the moment.</summary>
    public bool IsReady => Fault is null && FinalHeight is not null && Lag <= MostLag;

    private const ulong MostLag = 50;
}
