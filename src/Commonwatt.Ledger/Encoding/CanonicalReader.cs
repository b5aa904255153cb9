using System.Buffers.Binary;

namespace Commonwatt.Ledger.Encoding;

/// <summary>Reads what a <see cref="CanonicalWriter"/> wrote, and refuses anything it would not have written.</summary>
public ref struct CanonicalReader
{
    private static readonly System.Text.UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> rest;

    /// <summary>A reader of <paramref name="bytes"/>.</summary>
    public CanonicalReader(ReadOnlySpan<byte> bytes) => rest = bytes;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Reads one value that must fill all of <paramref name="bytes"/>.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no such value, or something follows it.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes)
        where T : ICanonical<T>
    {
        var reader = new CanonicalReader(bytes);
        T value = T.Read(ref reader);
        if (!reader.IsAtEnd)
        {
            throw new MalformedBytesException($"{reader.rest.Length} bytes follow the end of a {typeof(T).Name}.");
        }

        return value;
    }

    /// <summary>The next <paramref name="size"/> bytes.</summary>
    /// <exception cref="MalformedBytesException">Fewer are left.</exception>
    public ReadOnlySpan<byte> Fixed(int size)
    {
        if (size < 0 || size > rest.Length)
        {
            throw new MalformedBytesException($"{size} bytes were expected, {rest.Length} are left.");
        }

        ReadOnlySpan<byte> taken = rest[..size];
        rest = rest[size..];
        return taken;
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Fixed(1)[0];

    /// <summary>One byte that is 0 or 1.</summary>
    public bool Boolean() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new MalformedBytesException($"{other} is neither 0 (false) nor 1 (true)."),
    };

    /// <summary>Two bytes.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Fixed(2));

    /// <summary>Four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Fixed(4));

    /// <summary>Eight bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Fixed(8));

    /// <summary>Eight bytes, two's complement.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Fixed(8));

    /// <summary>A point in time.</summary>
    public Instant Instant() => new(Int64());

    /// <summary>A length in four bytes, then that many bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        uint size = UInt32();
        return size > rest.Length
            ? throw new MalformedBytesException($"{size} bytes were announced, {rest.Length} are left.")
            : Fixed((int)size);
    }

    /// <summary>A length in two bytes, then text in UTF-8.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = Fixed(UInt16());
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (ArgumentException exception)
        {
            throw new MalformedBytesException("A text is not valid UTF-8.", exception);
        }
    }
}
