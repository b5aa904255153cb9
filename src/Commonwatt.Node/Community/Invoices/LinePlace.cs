namespace Commonwatt.Node.Community.Invoices;

/// <summary>Where something stands on the ledger: what was booked earlier comes first.</summary>
/// <param name="Height">The block.</param>
/// <param name="Event">The event in the block, from 0.</param>
/// <param name="Line">The line in the event, from 0; 0 for the event itself.</param>
internal readonly record struct LinePlace(long Height, int Event, int Line = 0) : IComparable<LinePlace>
{
    /// <summary>Whether <paramref name="left"/> was booked earlier.</summary>
    public static bool operator <(LinePlace left, LinePlace right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> was booked later.</summary>
    public static bool operator >(LinePlace left, LinePlace right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public int CompareTo(LinePlace other) => (Height, Event, Line).CompareTo((other.Height, other.Event, other.Line));
}
