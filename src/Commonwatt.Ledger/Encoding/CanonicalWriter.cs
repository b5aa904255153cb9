using System.Buffers.Binary;

namespace Commonwatt.Ledger.Encoding;

/// <summary>Writes values in the ledger's fixed byte layout: big-endian integers, lengths before what varies in length.</summary>
/// <remarks>Starts in the buffer it is given and grows beyond it when it must.</remarks>
public ref struct CanonicalWriter
{
    private Span<byte> buffer;
    private int length;

    /// <summary>A writer that starts in <paramref name="buffer"/>, usually on the stack.</summary>
    public CanonicalWriter(Span<byte> buffer)
    {
        this.buffer = buffer;
        length = 0;
    }

    /// <summary>What has been written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer[..length];

    /// <summary>A copy of what has been written so far.</summary>
    public readonly byte[] ToArray() => Written.ToArray();

    /// <summary>The bytes of one value.</summary>
    public static byte[] Encode<T>(T value)
        where T : ICanonical<T>
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        value.Write(ref writer);
        return writer.ToArray();
    }

    /// <summary>The next <paramref name="size"/> bytes, to be filled by the caller.</summary>
    public Span<byte> Reserve(int size)
    {
        int start = length;
        int end = start + size;
        if (end > buffer.Length)
        {
            Span<byte> larger = new byte[int.Max(end, buffer.Length * 2)];
            buffer[..length].CopyTo(larger);
            buffer = larger;
        }

        length = end;
        return buffer[start..end];
    }

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Reserve(1)[0] = value;

    /// <summary>One byte: 1 for true, 0 for false.</summary>
    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Two bytes.</summary>
    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    /// <summary>Four bytes.</summary>
    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    /// <summary>Eight bytes.</summary>
    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    /// <summary>Eight bytes, two's complement. In a key, only values that are not negative keep their order.</summary>
    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    /// <summary>A point in time: its milliseconds since 1970 in eight bytes.</summary>
    public void Instant(Instant value) => Int64(value.UnixMilliseconds);

    /// <summary>Bytes as they are, without a length: the reader must know how many.</summary>
    public void Fixed(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>A length in four bytes, then the bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        Fixed(value);
    }

    /// <summary>A length in two bytes, then the text in UTF-8.</summary>
    /// <exception cref="OverflowException">The text is longer than 65,535 bytes.</exception>
    public void Text(string value)
    {
        int size = System.Text.Encoding.UTF8.GetByteCount(value);
        UInt16((ushort)size);
        System.Text.Encoding.UTF8.GetBytes(value, Reserve(size));
    }
}
