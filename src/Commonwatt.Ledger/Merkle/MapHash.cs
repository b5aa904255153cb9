using System.Buffers.Binary;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>The hashes of a <see cref="MerkleMap"/>'s nodes.</summary>
internal static class MapHash
{
    /// <summary>SHA-256 over: 00, the key's length in two bytes, the key, the value.</summary>
    public static Hash OfLeaf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int length = 3 + key.Length + value.Length;
        Span<byte> message = length <= 1024 ? stackalloc byte[length] : new byte[length];
        message[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[1..], (ushort)key.Length);
        key.CopyTo(message[3..]);
        value.CopyTo(message[(3 + key.Length)..]);
        return Hash.Of(message);
    }

    /// <summary>SHA-256 over: 01, the position in two bytes, the left hash, the right hash.</summary>
    public static Hash OfBranch(int position, Hash left, Hash right)
    {
        Span<byte> message = stackalloc byte[3 + (2 * Hash.Size)];
        message[0] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(message[1..], (ushort)position);
        left.CopyTo(message[3..]);
        right.CopyTo(message[(3 + Hash.Size)..]);
        return Hash.Of(message);
    }
}
