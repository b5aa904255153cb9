namespace Commonwatt.Ledger.Validation;

/// <summary>Another node gave something wrong, or broke off.</summary>
/// <param name="message">A sentence that says what.</param>
internal sealed class SourceFaultException(string message) : Exception(message);
