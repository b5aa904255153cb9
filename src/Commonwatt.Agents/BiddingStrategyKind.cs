namespace Commonwatt.Agents;

/// <summary>The bidding strategies that a scenario can name.</summary>
public enum BiddingStrategyKind
{
    /// <summary><c>truthful</c>: see <see cref="TruthfulStrategy"/>.</summary>
    Truthful,

    /// <summary><c>linear</c>: see <see cref="LinearStrategy"/>.</summary>
    Linear,

    /// <summary><c>zero-intelligence</c>: see <see cref="ZeroIntelligenceStrategy"/>.</summary>
    ZeroIntelligence,
}

/// <summary>Makes strategies by their kind.</summary>
public static class BiddingStrategyKinds
{
    /// <summary>The names in scenario files, in the order of the kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = ["truthful", "linear", "zero-intelligence"];

    /// <summary>A strategy of this kind for one member.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="seed">The member's own seed, for the kinds that draw lots.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of the enumeration's.</exception>
    public static IBiddingStrategy Create(this BiddingStrategyKind kind, ulong seed) => kind switch
    {
        BiddingStrategyKind.Truthful => new TruthfulStrategy(),
        BiddingStrategyKind.Linear => new LinearStrategy(),
        BiddingStrategyKind.ZeroIntelligence => new ZeroIntelligenceStrategy(seed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such bidding strategy."),
    };
}
