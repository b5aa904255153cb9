using Commonwatt.Agents;
using Commonwatt.Contracts.Market;
using Commonwatt.Markets;

namespace Commonwatt.Node.Mandates;

/// <summary>An order that the agent wants to stand for a member.</summary>
/// <param name="Side">Bid or ask.</param>
/// <param name="Quantity">How much; more than zero.</param>
/// <param name="LimitPrice">The limit price.</param>
internal readonly record struct AgentOrder(Side Side, Energy Quantity, Price LimitPrice)
{
    /// <summary>The label of the agent's order in every listing: the last one, which members hardly use.</summary>
    public const byte Label = 16;

    private const long WattHoursPerKilowattHour = 1000;

    /// <summary>What a strategy bids for a member, cut to what his mandate, his connection, his assets and his money allow.</summary>
    /// <param name="view">What is seen of the member.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="progress">How far the time between opening and gate has run, 0 to 1.</param>
    /// <returns>Null where there is nothing to trade.</returns>
    public static AgentOrder? Decide(MemberView view, IBiddingStrategy strategy, double progress)
    {
        var situation = new BiddingSituation(Period: 0, view.Expected, view.Terms.Retail, view.Terms.FeedIn, view.Terms.LocalGridFee, progress);
        if (strategy.Decide(situation) is not { } bid)
        {
            return null;
        }

        Side side = bid.Side == BidSide.Buy ? Side.Buy : Side.Sell;
        if (!view.Mandate.Allows(side))
        {
            return null;
        }

        var price = new Price(long.Clamp(bid.Limit.MicrosPerKilowattHour, view.Mandate.Lowest.MicrosPerKilowattHour, view.Mandate.Highest.MicrosPerKilowattHour));
        Energy quantity = Energy.Min(Energy.Min(bid.Quantity, LeftOfHour(view)), LeftOfCapacity(view, side));
        quantity = side == Side.Buy ? Energy.Min(quantity, Affordable(view, price)) : quantity;
        return quantity > Energy.Zero ? new AgentOrder(side, quantity, price) : null;
    }

    /// <summary>Whether this is what stands already.</summary>
    public bool Is(PlacedOrder order) => order.Side == Side && order.Quantity == Quantity && order.LimitPrice == LimitPrice;

    private static Energy LeftOfHour(MemberView view) =>
        view.Mandate.MostPerHour - view.PlacedInHour + (view.OwnOrder(Label)?.Quantity ?? Energy.Zero);

    private static Energy LeftOfCapacity(MemberView view, Side side)
    {
        Power capacity = side == Side.Buy ? view.Member.Connection : Power.Min(view.Member.Generation, view.Member.Connection);
        Energy left = capacity.For(view.Period.Length);
        foreach ((OrderKey key, PlacedOrder order) in view.Orders)
        {
            left -= key.Label != Label && order.Side == side ? order.Quantity : Energy.Zero;
        }

        return left;
    }

    private static Energy Affordable(MemberView view, Price price)
    {
        Money available = view.Available + (view.OwnOrder(Label)?.Locked ?? Money.Zero);
        long whole = (price + view.Terms.LocalGridFee).MicrosPerKilowattHour;
        return whole <= 0
            ? new Energy(long.MaxValue)
            : new Energy((long)Int128.Clamp((Int128)available.Micros * WattHoursPerKilowattHour / whole, 0, long.MaxValue));
    }
}
