using System.Buffers.Binary;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Metering;

/// <summary>What a member's meter reported in one UTC day: a net energy for each period, where it did.</summary>
/// <remarks>One entry for a day instead of one for each period: what is written again and again stands in one place of the state.</remarks>
public sealed class DayReadings : ICanonical<DayReadings>
{
    private const int SlotSize = 4;
    private const int Unreported = int.MinValue;

    private readonly byte[] slots;

    private DayReadings(byte[] slots) => this.slots = slots;

    /// <summary>A day without readings.</summary>
    /// <param name="periodLength">The length of its periods.</param>
    public static DayReadings Empty(TimeSpan periodLength)
    {
        byte[] slots = new byte[(int)(TimeSpan.TicksPerDay / periodLength.Ticks) * SlotSize];
        for (int offset = 0; offset < slots.Length; offset += SlotSize)
        {
            BinaryPrimitives.WriteInt32BigEndian(slots.AsSpan(offset), Unreported);
        }

        return new DayReadings(slots);
    }

    /// <summary>The net energy of a period (import minus export), or null where none was reported.</summary>
    public Energy? Net(DeliveryPeriod period)
    {
        int wattHours = BinaryPrimitives.ReadInt32BigEndian(Slot(period));
        return wattHours == Unreported ? null : new Energy(wattHours);
    }

    /// <summary>Puts a period's reading in.</summary>
    public void Report(DeliveryPeriod period, Energy net) =>
        BinaryPrimitives.WriteInt32BigEndian(Slot(period), (int)net.WattHours);

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.Bytes(slots);

    /// <inheritdoc/>
    public static DayReadings Read(ref CanonicalReader reader) => new(reader.Bytes().ToArray());

    private Span<byte> Slot(DeliveryPeriod period)
    {
        TimeSpan intoDay = period.Start - DayKey.DayOf(period.Start);
        return slots.AsSpan((int)(intoDay.Ticks / period.Length.Ticks) * SlotSize, SlotSize);
    }
}

/// <summary>A day's readings of a member; the length of its periods is part of the key, for a community may change it.</summary>
/// <param name="Day">Midnight UTC.</param>
/// <param name="PeriodLength">The length of the periods.</param>
/// <param name="Member">The member.</param>
public readonly record struct DayKey(Instant Day, TimeSpan PeriodLength, MemberId Member) : ICanonical<DayKey>
{
    private const long MillisecondsPerDay = 24L * 60 * 60 * 1000;

    /// <summary>The key of the day that a period starts in.</summary>
    public static DayKey Of(DeliveryPeriod period, MemberId member) => new(DayOf(period.Start), period.Length, member);

    /// <summary>Midnight UTC at or before a time.</summary>
    public static Instant DayOf(Instant time) => new(time.UnixMilliseconds - (time.UnixMilliseconds % MillisecondsPerDay));

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Day);
        writer.Byte((byte)(PeriodLength.Ticks / TimeSpan.TicksPerMinute));
        writer.UInt32((uint)Member.Value);
    }

    /// <inheritdoc/>
    public static DayKey Read(ref CanonicalReader reader) =>
        new(reader.Instant(), new TimeSpan(reader.Byte() * TimeSpan.TicksPerMinute), new MemberId(reader.UInt32()));
}
