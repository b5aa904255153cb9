using Commonwatt.Agents;

namespace Commonwatt.Node.Demo;

/// <summary>How homes of the street bid: each leaves itself a margin of its own, and nobody sells the last kWh that he expects.</summary>
/// <remarks>
/// Whoever delivers less than he sold buys the rest, at up to the utility's price, and pays a penalty; whoever delivers more still gets the feed-in tariff.
/// So a home sells somewhat less than it expects.
/// </remarks>
/// <param name="seed">The home's own seed.</param>
internal sealed class StreetStrategy(ulong seed) : IBiddingStrategy
{
    private const double LeastMargin = 0.08;
    private const double MarginSpread = 0.42;
    private const double Whim = 0.06;
    private const double SoldPart = 0.85;
    private const double BoughtPart = 0.95;
    private const long LeastWattHours = 40;

    /// <inheritdoc/>
    public Bid? Decide(in BiddingSituation situation)
    {
        bool buys = situation.IsBuyer;
        long quantity = (long)(Math.Abs(situation.Net.WattHours) * (buys ? BoughtPart : SoldPart));
        if (quantity < LeastWattHours || situation.OwnBound.IsNegative)
        {
            return null;
        }

        double margin = LeastMargin + (MarginSpread * new SeededRandom(seed).NextShare());
        margin += Whim * (new SeededRandom(SeededRandom.Mix(seed, (ulong)situation.Period)).NextShare() - 0.5);
        long own = situation.OwnBound.MicrosPerKilowattHour;
        long far = situation.FarBound.MicrosPerKilowattHour;
        return new Bid(buys ? BidSide.Buy : BidSide.Sell, new Energy(quantity), new Price(own + (long)Math.Round((far - own) * margin)));
    }
}
