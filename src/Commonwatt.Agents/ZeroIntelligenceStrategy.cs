namespace Commonwatt.Agents;

/// <summary>
/// Names a price drawn evenly between the two bounds, one draw for each period: the budget-constrained zero-intelligence trader of
/// Gode and Sunder (1993), "Allocative efficiency of markets with zero-intelligence traders".
/// </summary>
/// <param name="seed">The member's own seed; the same seed names the same price in the same period, however often it is asked.</param>
public sealed class ZeroIntelligenceStrategy(ulong seed) : IBiddingStrategy
{
    /// <inheritdoc/>
    public Bid? Decide(in BiddingSituation situation)
    {
        long far = situation.FarBound.MicrosPerKilowattHour;
        long own = situation.OwnBound.MicrosPerKilowattHour;
        ulong prices = (ulong)long.Abs(own - far) + 1;
        ulong draw = SeededRandom.Below(SeededRandom.Mix(seed, (ulong)situation.Period), prices);
        return situation.At(new Price(long.Min(own, far) + (long)draw));
    }
}
