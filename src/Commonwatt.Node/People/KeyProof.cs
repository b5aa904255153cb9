using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.People;

/// <summary>Whether somebody holds the private half of a ledger key: he signs a sentence that names him and a challenge that is given once.</summary>
internal static class KeyProof
{
    private const int PointBytes = 65;
    private const int MostBytes = 200;
    // SEC 2's name for the curve P-256.
    private const string CurveOid = "1.2.840.10045.3.1.7";

    /// <summary>What is signed: no transaction of the ledger looks like it.</summary>
    public static string Sentence(string personId, string challenge) => $"commonwatt key for {personId} {challenge}";

    /// <summary>Reads a public key: base64url of SubjectPublicKeyInfo, or of a point, compressed (33 bytes) or not (65).</summary>
    /// <returns>False where it is no key on P-256.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        try
        {
            byte[] bytes = text is { Length: <= MostBytes } ? Base64Url.DecodeFromChars(text) : [];
            key = bytes.Length switch
            {
                PublicKey.Size => PublicKey.FromCompressed(bytes),
                PointBytes when bytes[0] == 4 => Compressed(bytes.AsSpan(1, 32), bytes.AsSpan(33, 32)),
                > PointBytes => FromInfo(bytes),
                _ => null,
            };
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException or MalformedBytesException)
        {
            return false;
        }

        return key is not null;
    }

    /// <summary>Whether a signature (r and s, 32 bytes each, in base64url) is the key's holder's over the sentence.</summary>
    public static bool IsSigned(PublicKey key, string personId, string challenge, string? signature)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(signature);
        }
        catch (FormatException)
        {
            return false;
        }

        if (bytes.Length != Signature.Size)
        {
            return false;
        }

        // Browsers do not care for the half that s is in, and here nothing depends on it.
        Signature.MakeCanonical(bytes);
        return key.Verify(Hash.Of(Encoding.UTF8.GetBytes(Sentence(personId, challenge))), bytes);
    }

    private static PublicKey? FromInfo(byte[] info)
    {
        using var imported = ECDsa.Create();
        imported.ImportSubjectPublicKeyInfo(info, out int read);
        ECParameters parameters = imported.ExportParameters(includePrivateParameters: false);
        return read == info.Length && string.Equals(parameters.Curve.Oid?.Value, CurveOid, StringComparison.Ordinal)
            ? Compressed(parameters.Q.X, parameters.Q.Y)
            : null;
    }

    // Taking it apart and together again shows that y belongs to x.
    private static PublicKey Compressed(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        using var checkedPoint = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() } });
        return PublicKey.FromCompressed([(byte)(2 + (y[^1] & 1)), .. x]);
    }
}
