using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <summary>An order by its period, its member and the number the member gave it.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Member">Whose it is.</param>
/// <param name="Label">The member's own number for it, 1 to 16.</param>
public readonly record struct OrderKey(Instant Delivery, MemberId Member, byte Label) : ICanonical<OrderKey>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.UInt32((uint)Member.Value);
        writer.Byte(Label);
    }

    /// <inheritdoc/>
    public static OrderKey Read(ref CanonicalReader reader) => new(reader.Instant(), new MemberId(reader.UInt32()), reader.Byte());
}

/// <summary>An order in a listing.</summary>
/// <param name="Side">Bid or ask.</param>
/// <param name="Quantity">How much.</param>
/// <param name="LimitPrice">The most to pay, or the least to get.</param>
/// <param name="Sequence">Its place in the order of arrival.</param>
/// <param name="Locked">What a bid sets aside in the member's wallet.</param>
/// <param name="Agent">Who placed it for the member, by his mandate; nobody where he did himself.</param>
public readonly record struct PlacedOrder(Side Side, Energy Quantity, Price LimitPrice, ulong Sequence, Money Locked, Address Agent) : ICanonical<PlacedOrder>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Byte((byte)Side);
        writer.Int64(Quantity.WattHours);
        writer.Int64(LimitPrice.MicrosPerKilowattHour);
        writer.UInt64(Sequence);
        writer.Int64(Locked.Micros);
        Agent.Write(ref writer);
    }

    /// <inheritdoc/>
    public static PlacedOrder Read(ref CanonicalReader reader) => new(
        (Side)reader.Byte(),
        new Energy(reader.Int64()),
        new Price(reader.Int64()),
        reader.UInt64(),
        new Money(reader.Int64()),
        Address.Read(ref reader));
}
