namespace Commonwatt.Agents;

/// <summary>Decides for one member what to bid. It may be asked several times for a period between opening and gate; each answer replaces the one before.</summary>
public interface IBiddingStrategy
{
    /// <summary>The bid for a period, or nothing where there is nothing to trade.</summary>
    /// <param name="situation">What the member knows.</param>
    Bid? Decide(in BiddingSituation situation);
}
