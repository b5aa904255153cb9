using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Commonwatt.Node.People;

/// <summary>Codes that change every 30 seconds (RFC 6238 with HMAC-SHA-1 and six digits, as authenticator apps make them).</summary>
internal static class Totp
{
    /// <summary>How long one code stands.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    // A clock may be off by a step, or the code be typed slowly (RFC 6238, 5.2).
    private const int Tolerance = 1;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret, in base32 as apps want it typed.</summary>
    public static string NewSecret() => ToBase32(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The address that a QR code of the secret holds.</summary>
    /// <param name="secret">The secret in base32.</param>
    /// <param name="community">The community's name.</param>
    /// <param name="account">Whose it is.</param>
    public static string Uri(string secret, string community, string account) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(community)}:{System.Uri.EscapeDataString(account)}?secret={secret}&issuer={System.Uri.EscapeDataString(community)}&algorithm=SHA1&digits={Digits}&period={(int)Step.TotalSeconds}";

    /// <summary>The step whose code this is, of those near a time; or null. All are tried, so that the time it takes tells nothing.</summary>
    public static long? FindStep(string secret, string? code, DateTimeOffset now)
    {
        byte[] key = FromBase32(secret);
        byte[] given = Encoding.UTF8.GetBytes(code?.Replace(" ", "", StringComparison.Ordinal) ?? "");
        long current = StepOf(now);
        long? found = null;
        for (long step = current - Tolerance; step <= current + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(key, step)), given))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of a secret at a time.</summary>
    /// <param name="secret">The secret in base32.</param>
    /// <param name="now">The time.</param>
    public static string CodeAt(string secret, DateTimeOffset now) => Code(FromBase32(secret), StepOf(now));

    private static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, digest);
        // RFC 4226, 5.3: the last four bits say where the number begins.
        int offset = digest[^1] & 0xF;
        int number = BinaryPrimitives.ReadInt32BigEndian(digest[offset..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        foreach (byte next in bytes)
        {
            held = (held << 8) | next;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32Letters[(held >> bits) & 31]);
                held &= (1 << bits) - 1;
            }
        }

        return bits == 0 ? text.ToString() : text.Append(Base32Letters[(held << (5 - bits)) & 31]).ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        int bits = 0;
        int held = 0;
        foreach (char letter in text)
        {
            int value = Base32Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                throw new FormatException("A secret in base32 has the letters A to Z and the digits 2 to 7.");
            }

            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
