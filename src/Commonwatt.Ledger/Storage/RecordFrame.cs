using System.Buffers.Binary;
using System.Numerics;

namespace Commonwatt.Ledger.Storage;

/// <summary>How a record stands in a log file: its length, its number and a checksum before its bytes.</summary>
/// <remarks>
/// Sixteen bytes: the length (4), the CRC-32C over all that follows (4), the number from 0 (4), and how many records before
/// it were not yet synced when it was written (4), all big-endian. The number tells a record that was really written at this
/// place from bytes that merely look like one. The unsynced ones may be torn by the crash that this one survived; if an
/// earlier one is harmed, the file is damaged.
/// </remarks>
internal static class RecordFrame
{
    /// <summary>How many bytes stand before a record.</summary>
    public const int HeadSize = 16;

    /// <summary>The most bytes of one record.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Writes head and record into <paramref name="destination"/>.</summary>
    public static void Write(Span<byte> destination, long number, long unsynced, ReadOnlySpan<byte> record)
    {
        record.CopyTo(destination[HeadSize..]);
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)record.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], (uint)number);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], (uint)unsynced);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Checksum(destination.Slice(8, 8 + record.Length)));
    }

    /// <summary>Reads a head.</summary>
    public static (uint Length, uint Checksum, uint Number, uint Unsynced) ReadHead(ReadOnlySpan<byte> head) => (
        BinaryPrimitives.ReadUInt32BigEndian(head),
        BinaryPrimitives.ReadUInt32BigEndian(head[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(head[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(head[12..]));

    /// <summary>The record at the front of <paramref name="bytes"/>, if a whole and unharmed one with this number stands there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long number, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (bytes.Length < HeadSize)
        {
            return false;
        }

        (uint length, uint checksum, uint found, uint unsynced) = ReadHead(bytes);
        if (length == 0 || length > MostBytes || found != number || unsynced > found || bytes.Length - HeadSize < length)
        {
            return false;
        }

        record = bytes.Slice(HeadSize, (int)length);
        return Checksum(bytes.Slice(8, 8 + (int)length)) == checksum;
    }

    /// <summary>CRC-32C (Castagnoli) as in RFC 3720, appendix B.4.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
