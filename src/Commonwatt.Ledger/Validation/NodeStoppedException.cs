namespace Commonwatt.Ledger.Validation;

/// <summary>The node has stopped, because its disk failed or an invariant broke. Nothing that was acknowledged is lost.</summary>
/// <param name="message">A sentence that says why.</param>
/// <param name="innerException">What happened.</param>
public sealed class NodeStoppedException(string message, Exception innerException) : InvalidOperationException(message, innerException);
