using System.Buffers.Binary;

namespace Commonwatt.Ledger.Keys;

/// <summary>The form of an ECDSA signature over P-256 on the ledger: r and s, 32 bytes each, s in the lower half.</summary>
/// <remarks>For every signature (r, s) the pair (r, n - s) is valid too; only the one with the smaller s is taken.</remarks>
public static class Signature
{
    /// <summary>How many bytes a signature has.</summary>
    public const int Size = 64;

    // The order n of P-256 (FIPS 186-4, D.1.2.3), and half of it, as four big-endian words.
    private static readonly ulong[] Order = [0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xBCE6FAADA7179E84, 0xF3B9CAC2FC632551];
    private static readonly ulong[] HalfOrder = [0x7FFFFFFF80000000, 0x7FFFFFFFFFFFFFFF, 0xDE737D56D38BCF42, 0x79DCE5617E3192A8];

    /// <summary>Whether <paramref name="signature"/> has 64 bytes and its s is in the lower half.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Size)
        {
            return false;
        }

        ReadOnlySpan<byte> s = signature[32..];
        for (int word = 0; word < 4; word++)
        {
            ulong value = BinaryPrimitives.ReadUInt64BigEndian(s[(word * 8)..]);
            if (value != HalfOrder[word])
            {
                return value < HalfOrder[word];
            }
        }

        return true;
    }

    /// <summary>Replaces s by n - s where s is in the upper half.</summary>
    /// <exception cref="ArgumentException"><paramref name="signature"/> has not 64 bytes.</exception>
    public static void MakeCanonical(Span<byte> signature)
    {
        if (signature.Length != Size)
        {
            throw new ArgumentException($"A signature has {Size} bytes, not {signature.Length}.", nameof(signature));
        }

        if (IsCanonical(signature))
        {
            return;
        }

        Span<byte> s = signature[32..];
        UInt128 borrow = 0;
        for (int word = 3; word >= 0; word--)
        {
            Span<byte> place = s[(word * 8)..];
            UInt128 taken = BinaryPrimitives.ReadUInt64BigEndian(place) + borrow;
            borrow = taken > Order[word] ? UInt128.One : UInt128.Zero;
            UInt128 difference = Order[word] + (borrow << 64) - taken;
            BinaryPrimitives.WriteUInt64BigEndian(place, (ulong)difference);
        }
    }
}
