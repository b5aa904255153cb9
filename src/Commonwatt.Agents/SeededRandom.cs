using System.Numerics;

namespace Commonwatt.Agents;

/// <summary>
/// Random numbers that are the same on every machine and every version of .NET for the same seed: xoshiro256** by Blackman and Vigna
/// (2018, "Scrambled linear pseudorandom number generators"), seeded by SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
public struct SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state0;
    private ulong state1;
    private ulong state2;
    private ulong state3;

    /// <summary>A stream of numbers of its own for this seed.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        state0 = Scramble(seed += GoldenGamma);
        state1 = Scramble(seed += GoldenGamma);
        state2 = Scramble(seed += GoldenGamma);
        state3 = Scramble(seed + GoldenGamma);
    }

    /// <summary>A seed made of two numbers, such as a scenario's seed and a member's number.</summary>
    public static ulong Mix(ulong seed, ulong part) => Scramble(Scramble(seed + GoldenGamma) ^ (part + (GoldenGamma << 1)));

    /// <summary>A seed made of a seed and a name, such as a member's: FNV-1a over its UTF-16 code units.</summary>
    public static ulong Mix(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 0xCBF29CE484222325;
        foreach (char unit in name)
        {
            hash = unchecked((hash ^ unit) * 0x100000001B3);
        }

        return Mix(seed, hash);
    }

    /// <summary>A whole number from 0 up to, and without, <paramref name="limit"/> made of a 64-bit draw, evenly to within 2 to the minus 64 times the limit.</summary>
    /// <param name="draw">A number drawn from all 64-bit numbers.</param>
    /// <param name="limit">More than zero.</param>
    public static ulong Below(ulong draw, ulong limit) => Math.BigMul(draw, limit, out _);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = unchecked(BitOperations.RotateLeft(state1 * 5, 7) * 9);
        ulong shifted = state1 << 17;
        state2 ^= state0;
        state3 ^= state1;
        state1 ^= state2;
        state0 ^= state3;
        state2 ^= shifted;
        state3 = BitOperations.RotateLeft(state3, 45);
        return result;
    }

    /// <summary>A number from 0 up to, and without, 1.</summary>
    public double NextShare() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the normal distribution with mean 0 and deviation 1, by Box and Muller's method (1958).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextShare()));
        return radius * Math.Cos(2 * Math.PI * NextShare());
    }

    private static ulong Scramble(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
