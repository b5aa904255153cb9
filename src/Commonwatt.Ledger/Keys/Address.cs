using System.Buffers.Binary;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Keys;

/// <summary>Who somebody is on the ledger: the first 20 bytes of SHA-256 over his compressed public key.</summary>
/// <remarks>
/// Printed as <c>cw</c>, 40 hexadecimal digits and a checksum of 8, so that a mistyped address is refused.
/// Contracts have addresses too, made from their names, so that they can hold accounts.
/// </remarks>
public readonly record struct Address : ICanonical<Address>, IComparable<Address>
{
    /// <summary>How many bytes an address has.</summary>
    public const int Size = 20;

    private const int ChecksumSize = 4;

    /// <summary>Twenty zero bytes: nobody. The calls of the genesis have this sender.</summary>
    public static readonly Address Nobody;

    private readonly ulong first;
    private readonly ulong second;
    private readonly uint third;

    /// <summary>The address with these bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are not 20.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The address of the holder of a key.</summary>
    public static Address Of(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return OfCompressed(key.Compressed);
    }

    /// <summary>The address of the holder of a key, which the bytes need not be: finding that out is what costs.</summary>
    internal static Address OfCompressed(ReadOnlySpan<byte> key) => new(Hash.Of(key).ToArray().AsSpan(0, Size));

    /// <summary>The address of something that has a name instead of a key, such as a contract or the utility's account.</summary>
    public static Address OfName(string name) =>
        new(Hash.Of("commonwatt/name/1", System.Text.Encoding.UTF8.GetBytes(name)).ToArray().AsSpan(0, Size));

    /// <summary>Reads an address as <see cref="ToString"/> prints it.</summary>
    /// <returns>False where it is mistyped: wrong length, not hexadecimal, or a checksum that does not fit.</returns>
    public static bool TryParse(string? text, out Address address)
    {
        address = Nobody;
        if (text is not { Length: 2 + ((Size + ChecksumSize) * 2) }
            || !text.StartsWith("cw", StringComparison.Ordinal)
            || !text.AsSpan(2).ToString().All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        byte[] bytes = Convert.FromHexString(text.AsSpan(2));
        var parsed = new Address(bytes.AsSpan(0, Size));
        if (!parsed.Checksum().AsSpan().SequenceEqual(bytes.AsSpan(Size)))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>Writes the 20 bytes to the front of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], third);
    }

    /// <summary>The 20 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => CopyTo(writer.Reserve(Size));

    /// <inheritdoc/>
    public static Address Read(ref CanonicalReader reader) => new(reader.Fixed(Size));

    /// <inheritdoc/>
    public int CompareTo(Address other) => (first, second, third).CompareTo((other.first, other.second, other.third));

    /// <summary><c>cw</c>, 40 hexadecimal digits, and a checksum of 8.</summary>
    public override string ToString() => $"cw{Convert.ToHexStringLower(ToArray())}{Convert.ToHexStringLower(Checksum())}";

    private byte[] Checksum() => Hash.Of("commonwatt/address/1", ToArray()).ToArray()[..ChecksumSize];
}
