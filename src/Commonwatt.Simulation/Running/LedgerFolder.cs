namespace Commonwatt.Simulation.Running;

/// <summary>Where a run puts its ledger and its tables.</summary>
/// <param name="Path">The folder of <c>community.ledger</c>.</param>
/// <param name="Settlement">Gets <c>settlement.csv</c>; null for none.</param>
/// <param name="Trades">Gets <c>trades.csv</c>; null for none.</param>
public sealed record LedgerFolder(string Path, Stream? Settlement = null, Stream? Trades = null);
