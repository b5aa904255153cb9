namespace Commonwatt.Ledger.Execution;

/// <summary>A transaction read and wrote more entries than it may. It is refused; the block goes on.</summary>
/// <param name="limit">How many accesses it may make.</param>
internal sealed class WorkLimitException(int limit) : InvalidOperationException($"More than {limit} reads and writes of state.");
