namespace Commonwatt.Ledger.Ordering;

/// <summary>The order of batches no longer holds what a node would read next: it has to get the blocks from another node.</summary>
/// <param name="message">A sentence that says what is missing.</param>
public sealed class OrderLostException(string message) : IOException(message);
