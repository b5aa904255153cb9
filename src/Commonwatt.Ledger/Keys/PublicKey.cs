using System.Numerics;
using System.Security.Cryptography;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Keys;

/// <summary>A public key on the curve P-256, in the compressed form of SEC 1: 33 bytes.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>How many bytes a compressed key has.</summary>
    public const int Size = 33;

    // P-256 (FIPS 186-4, D.1.2.3): y^2 = x^3 - 3x + b modulo p.
    private static readonly BigInteger P = Unsigned("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Unsigned("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    private readonly byte[] compressed;
    private readonly byte[] y;

    private PublicKey(byte[] compressed, byte[] y)
    {
        this.compressed = compressed;
        this.y = y;
    }

    /// <summary>The 33 bytes: 2 or 3 for an even or odd y, then x.</summary>
    public ReadOnlySpan<byte> Compressed => compressed;

    /// <summary>Reads a compressed key.</summary>
    /// <exception cref="MalformedBytesException">The bytes are not a point on the curve in compressed form.</exception>
    public static PublicKey FromCompressed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || bytes[0] is not (2 or 3))
        {
            throw new MalformedBytesException("A public key has 33 bytes, of which the first is 2 or 3.");
        }

        return KnownKeys.FindOrAdd(bytes, static unknown => new PublicKey(unknown, Decompress(unknown)));
    }

    /// <summary>Whether <paramref name="signature"/> is this key's holder's over <paramref name="digest"/>.</summary>
    /// <param name="digest">The SHA-256 digest of the message.</param>
    /// <param name="signature">64 bytes with s in the lower half; anything else is false.</param>
    public bool Verify(Hash digest, ReadOnlySpan<byte> signature)
    {
        if (!Signature.IsCanonical(signature))
        {
            return false;
        }

        return RememberedSignatures.IsValid(this, digest, signature) || VerifyAnew(digest, signature);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && compressed.AsSpan().SequenceEqual(other.compressed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(compressed, 1);

    /// <summary>66 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(compressed);

    internal static PublicKey FromPoint(ECPoint point)
    {
        byte[] bytes = new byte[Size];
        bytes[0] = (byte)(2 + (point.Y![^1] & 1));
        point.X!.CopyTo(bytes, 1);
        return new PublicKey(bytes, point.Y);
    }

    internal ECDsa Import() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = compressed[1..], Y = y } });

    private bool VerifyAnew(Hash digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> message = stackalloc byte[Hash.Size];
        digest.CopyTo(message);
        bool isValid = ImportedKeys.OfThisThread(this).VerifyHash(message, signature);
        if (isValid)
        {
            RememberedSignatures.Add(this, digest, signature);
        }

        return isValid;
    }

    private static byte[] Decompress(byte[] key)
    {
        var x = new BigInteger(key.AsSpan(1), isUnsigned: true, isBigEndian: true);
        if (x >= P)
        {
            throw new MalformedBytesException("The x of a public key is not below the field's prime.");
        }

        BigInteger square = (BigInteger.ModPow(x, 3, P) + (P - 3) * x + B) % P;
        // p is 3 modulo 4, so the root of a square is its (p + 1) / 4th power.
        BigInteger y = BigInteger.ModPow(square, (P + 1) / 4, P);
        if (y * y % P != square)
        {
            throw new MalformedBytesException("A public key is not a point on the curve P-256.");
        }

        if (y.IsEven != (key[0] == 2))
        {
            y = P - y;
        }

        byte[] bytes = new byte[32];
        byte[] minimal = y.ToByteArray(isUnsigned: true, isBigEndian: true);
        minimal.CopyTo(bytes, 32 - minimal.Length);
        return bytes;
    }

    private static BigInteger Unsigned(string hex) => new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
