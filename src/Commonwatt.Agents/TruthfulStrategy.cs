namespace Commonwatt.Agents;

/// <summary>Names the true bound: buys at retail less the local grid fee, sells at the feed-in tariff. Every trade that gains anything can happen.</summary>
public sealed class TruthfulStrategy : IBiddingStrategy
{
    /// <inheritdoc/>
    public Bid? Decide(in BiddingSituation situation) => situation.At(situation.OwnBound);
}
