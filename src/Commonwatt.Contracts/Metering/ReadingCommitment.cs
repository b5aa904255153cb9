using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Metering;

/// <summary>The commitment to a raw reading that goes to the ledger while the reading itself stays outside.</summary>
/// <remarks>
/// SHA-256 over <c>commonwatt/reading/1</c>, a salt of 32 bytes used once, and the raw reading. Who has both can show that
/// the reading is the one reported; once they are erased, what is left says nothing.
/// </remarks>
public static class ReadingCommitment
{
    /// <summary>How many bytes a salt has.</summary>
    public const int SaltSize = 32;

    /// <summary>The commitment to a raw reading.</summary>
    /// <param name="salt">32 random bytes, never used for another reading.</param>
    /// <param name="rawReading">The reading as the meter gave it.</param>
    /// <exception cref="ArgumentException">The salt has not 32 bytes.</exception>
    public static Hash Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> rawReading)
    {
        if (salt.Length != SaltSize)
        {
            throw new ArgumentException($"A salt has {SaltSize} bytes, not {salt.Length}.", nameof(salt));
        }

        return Hash.Of("commonwatt/reading/1", [.. salt, .. rawReading]);
    }
}
