using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Commonwatt.Ledger.Encoding;

/// <summary>A SHA-256 digest: 32 bytes.</summary>
public readonly record struct Hash : ICanonical<Hash>, IComparable<Hash>
{
    /// <summary>How many bytes a digest has.</summary>
    public const int Size = 32;

    /// <summary>Thirty-two zero bytes: the parent of the first block.</summary>
    public static readonly Hash Zero;

    // Taking an instance up again is a fifth faster than the one-shot method, which makes one each time; most of what is hashed is short.
    [ThreadStatic]
    private static IncrementalHash? ofThisThread;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    /// <summary>The digest with these bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are not 32.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The SHA-256 digest of <paramref name="data"/>.</summary>
    public static Hash Of(ReadOnlySpan<byte> data)
    {
        IncrementalHash sha256 = ofThisThread ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(data);
        Span<byte> digest = stackalloc byte[Size];
        sha256.GetHashAndReset(digest);
        return new Hash(digest);
    }

    /// <summary>The SHA-256 digest of <paramref name="domain"/> (ASCII) followed by <paramref name="data"/>.</summary>
    /// <remarks>The domain keeps a digest made for one purpose from being valid for another.</remarks>
    public static Hash Of(string domain, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(domain);
        int length = domain.Length + data.Length;
        Span<byte> message = length <= 512 ? stackalloc byte[length] : new byte[length];
        System.Text.Encoding.ASCII.GetBytes(domain, message);
        data.CopyTo(message[domain.Length..]);
        return Of(message);
    }

    /// <summary>Writes the 32 bytes to the front of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], fourth);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <returns>Whether <paramref name="text"/> is a digest.</returns>
    public static bool TryParse(string? text, out Hash hash)
    {
        hash = Zero;
        if (text is not { Length: Size * 2 } || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        hash = new Hash(Convert.FromHexString(text));
        return true;
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => CopyTo(writer.Reserve(Size));

    /// <inheritdoc/>
    public static Hash Read(ref CanonicalReader reader) => new(reader.Fixed(Size));

    /// <inheritdoc/>
    public int CompareTo(Hash other) =>
        (first, second, third, fourth).CompareTo((other.first, other.second, other.third, other.fourth));

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
