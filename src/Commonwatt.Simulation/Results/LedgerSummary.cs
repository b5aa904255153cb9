namespace Commonwatt.Simulation.Results;

/// <summary>Where the ledger of a run ended.</summary>
/// <param name="Height">The last block's height.</param>
/// <param name="Transactions">How many transactions all blocks hold.</param>
/// <param name="Tip">The last block's hash in hexadecimal: whoever has the same tip has the same accounts.</param>
/// <param name="Signatures">Whether transactions were signed and their signatures checked.</param>
public sealed record LedgerSummary(long Height, long Transactions, string Tip, bool Signatures);
