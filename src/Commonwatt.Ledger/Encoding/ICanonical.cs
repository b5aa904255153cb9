namespace Commonwatt.Ledger.Encoding;

/// <summary>
/// A value with exactly one byte layout, so that parties who compute it by themselves hash the same bytes.
/// The layouts are written down in <c>docs/ledger.md</c>.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICanonical<TSelf>
    where TSelf : ICanonical<TSelf>
{
    /// <summary>Appends the value to <paramref name="writer"/>.</summary>
    void Write(ref CanonicalWriter writer);

    /// <summary>Takes a value from <paramref name="reader"/>.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no such value, or end too early.</exception>
    static abstract TSelf Read(ref CanonicalReader reader);
}
