namespace Commonwatt.Faults;

/// <summary>What a run came to.</summary>
/// <param name="Counts">How much happened.</param>
/// <param name="Tip">The hash of the newest final header. Where transactions are signed it differs each time, for signatures do.</param>
/// <param name="HasSignatures">Whether transactions are signed.</param>
internal sealed record FaultRunResult(FaultCounts Counts, Hash Tip, bool HasSignatures);
