namespace Commonwatt.Markets;

/// <summary>The number of an order; the caller chooses it and maps it to an address, a row of a file or whatever it stands for.</summary>
/// <param name="Value">Any number; two orders of one clearing have different ones.</param>
public readonly record struct OrderId(long Value) : IComparable<OrderId>
{
    /// <inheritdoc/>
    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);
}

/// <summary>The number of a member of the community; the caller chooses it and maps it to an address or a meter.</summary>
/// <param name="Value">Any number; one member has one.</param>
public readonly record struct MemberId(long Value) : IComparable<MemberId>
{
    /// <inheritdoc/>
    public int CompareTo(MemberId other) => Value.CompareTo(other.Value);
}
