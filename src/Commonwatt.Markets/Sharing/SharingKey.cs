namespace Commonwatt.Markets.Sharing;

/// <summary>How a surplus is divided among the members who lack energy.</summary>
/// <remarks>
/// European collective self-consumption practice; source 001, section 4. Whole Wh go by largest remainder; what a member cannot use goes
/// round again.
/// </remarks>
public abstract class SharingKey
{
    /// <summary>A key that only this assembly can add to.</summary>
    private protected SharingKey()
    {
    }

    /// <summary>Adds to <paramref name="allocated"/> what each consumer gets of a surplus, at most what he still lacks.</summary>
    /// <returns>What is left of the surplus.</returns>
    internal abstract long Allocate(long surplus, ReadOnlySpan<NetDemand> consumers, Span<long> allocated);

    /// <summary>Divides by weights, and divides again what did not fit, until all is used or nobody with a weight lacks energy.</summary>
    private protected static long Allocate(long surplus, ReadOnlySpan<long> weights, ReadOnlySpan<NetDemand> consumers, Span<long> allocated)
    {
        long[] open = weights.ToArray();
        long[] parts = new long[weights.Length];
        while (surplus > 0 && DropSated(open, consumers, allocated))
        {
            LargestRemainder.Divide(surplus, open, parts);
            for (int index = 0; index < parts.Length; index++)
            {
                long used = long.Min(parts[index], consumers[index].Net.WattHours - allocated[index]);
                allocated[index] += used;
                surplus -= used;
            }
        }

        return surplus;
    }

    /// <returns>Whether anybody with a weight still lacks energy.</returns>
    private static bool DropSated(long[] weights, ReadOnlySpan<NetDemand> consumers, ReadOnlySpan<long> allocated)
    {
        bool any = false;
        for (int index = 0; index < weights.Length; index++)
        {
            weights[index] = allocated[index] < consumers[index].Net.WattHours ? weights[index] : 0;
            any |= weights[index] > 0;
        }

        return any;
    }
}

/// <summary>Fixed weights, such as shares in the plant; who has none gets nothing.</summary>
public sealed class StaticKey : SharingKey
{
    private readonly Dictionary<MemberId, long> weights;

    /// <summary>A key of weights.</summary>
    /// <param name="weights">A weight of zero or more for each member who takes part; only their proportion counts.</param>
    /// <exception cref="ArgumentException">A weight is negative.</exception>
    public StaticKey(IReadOnlyDictionary<MemberId, long> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach ((MemberId member, long weight) in weights)
        {
            if (weight < 0)
            {
                throw new ArgumentException($"The weight of member {member.Value} is {weight}: it must be zero or more.", nameof(weights));
            }
        }

        this.weights = new Dictionary<MemberId, long>(weights);
    }

    internal override long Allocate(long surplus, ReadOnlySpan<NetDemand> consumers, Span<long> allocated)
    {
        long[] ofConsumers = new long[consumers.Length];
        for (int index = 0; index < consumers.Length; index++)
        {
            ofConsumers[index] = weights.GetValueOrDefault(consumers[index].Member);
        }

        return Allocate(surplus, ofConsumers, consumers, allocated);
    }
}

/// <summary>In proportion to what each member still lacks in the period.</summary>
public sealed class DynamicKey : SharingKey
{
    internal override long Allocate(long surplus, ReadOnlySpan<NetDemand> consumers, Span<long> allocated)
    {
        long[] lacking = new long[consumers.Length];
        for (int index = 0; index < consumers.Length; index++)
        {
            lacking[index] = consumers[index].Net.WattHours - allocated[index];
        }

        return Allocate(surplus, lacking, consumers, allocated);
    }
}

/// <summary>Keys one after another: the next divides only what the members of those before it cannot use.</summary>
/// <param name="tiers">The keys from the first served to the last.</param>
public sealed class TieredKey(IReadOnlyList<SharingKey> tiers) : SharingKey
{
    internal override long Allocate(long surplus, ReadOnlySpan<NetDemand> consumers, Span<long> allocated)
    {
        foreach (SharingKey tier in tiers)
        {
            surplus = tier.Allocate(surplus, consumers, allocated);
        }

        return surplus;
    }
}
