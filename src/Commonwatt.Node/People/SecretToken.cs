using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Commonwatt.Node.People;

/// <summary>Secrets that are too long to guess: the database keeps only their digests, so that a copy of it opens nothing.</summary>
internal static class SecretToken
{
    private const int UsualBytes = 32;

    /// <summary>A new secret, in base64url.</summary>
    /// <param name="bytes">How many bytes of randomness; 16 or more.</param>
    public static string New(int bytes = UsualBytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>A new name for something, which tells nothing: 32 hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What is kept of a secret: its SHA-256 in hexadecimal. A slow hash is for what people choose; these are random.</summary>
    public static string DigestOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret has this digest, in the same time wherever they differ.</summary>
    public static bool Fits(string secret, string digest) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(DigestOf(secret)), Encoding.ASCII.GetBytes(digest));
}
