namespace Commonwatt.Ledger.Encoding;

/// <summary>Bytes that are not what they should be: cut short, too long, or written in another way than the one allowed.</summary>
/// <param name="message">A sentence that says what is wrong.</param>
/// <param name="innerException">What a library said, if one did.</param>
public sealed class MalformedBytesException(string message, Exception? innerException = null) : FormatException(message, innerException);
