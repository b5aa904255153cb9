namespace Commonwatt.Ledger.Execution;

/// <summary>The ledger itself is wrong: money came from nowhere, a root differs on replay. The node stops at once.</summary>
/// <param name="message">A sentence that says what does not hold, and where.</param>
public sealed class BrokenInvariantException(string message) : InvalidOperationException(message);
