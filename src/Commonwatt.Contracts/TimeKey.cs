using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts;

/// <summary>A point in time as a key: entries stand in order of time.</summary>
/// <param name="Time">Not before 1970.</param>
public readonly record struct TimeKey(Instant Time) : ICanonical<TimeKey>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.Instant(Time);

    /// <inheritdoc/>
    public static TimeKey Read(ref CanonicalReader reader) => new(reader.Instant());
}
