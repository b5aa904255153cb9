namespace Commonwatt.Simulation.Running;

/// <summary>How to run a scenario.</summary>
public sealed record SimulationSettings
{
    /// <summary>Whether transactions are signed and every signature checked, as in a real community. A ledger without says so in its first block.</summary>
    public bool HasSignatures { get; init; } = true;

    /// <summary>On how many threads to sign and to check signatures.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told the part that is done, from 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Where the ledger is to be gone on with, or null for a run that ends with its scenario.</summary>
    internal LedgerHandover? Handover { get; init; }
}
