using Commonwatt.Agents;

namespace Commonwatt.Node.Demo;

/// <summary>A strategy that somebody else takes over from: from a period on it bids nothing.</summary>
/// <param name="before">The strategy.</param>
/// <param name="end">The index of the first period that is left to others.</param>
internal sealed class StrategyUntil(IBiddingStrategy before, int end) : IBiddingStrategy
{
    /// <inheritdoc/>
    public Bid? Decide(in BiddingSituation situation) => situation.Period < end ? before.Decide(situation) : null;
}
