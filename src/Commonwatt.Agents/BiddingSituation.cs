namespace Commonwatt.Agents;

/// <summary>What a member knows when it decides on a bid for one delivery period.</summary>
/// <param name="Period">The index of the delivery period, 0 for the first of the simulation.</param>
/// <param name="Net">What the member expects its meter to show: import positive, export negative.</param>
/// <param name="Retail">What the utility asks for a kWh in that period.</param>
/// <param name="FeedIn">What the utility pays for a kWh in that period.</param>
/// <param name="LocalGridFee">What the buyer pays the grid operator for a kWh traded inside the community, on top of the market's price.</param>
/// <param name="Progress">How far the time between opening and gate has run: 0 at the opening, 1 at the gate; values outside count as the nearer end.</param>
public readonly record struct BiddingSituation(int Period, Energy Net, Price Retail, Price FeedIn, Price LocalGridFee, double Progress)
{
    /// <summary>The most that buying inside the community may cost before the utility is cheaper: retail less the local grid fee.</summary>
    public Price BuyersBound => Retail - LocalGridFee;

    /// <summary>The least that selling inside the community must bring before the utility is better: the feed-in tariff, but no less than nothing.</summary>
    public Price SellersBound => Price.Max(FeedIn, Price.Zero);

    /// <summary>Whether the forecast makes the member a buyer (more import than export).</summary>
    public bool IsBuyer => !Net.IsNegative && !Net.IsZero;

    /// <summary>
    /// The bound that the member itself will not cross: <see cref="BuyersBound"/> for a buyer, <see cref="SellersBound"/> for a seller.
    /// </summary>
    public Price OwnBound => IsBuyer ? BuyersBound : SellersBound;

    /// <summary>
    /// The bound of the other side, where a hard bargain starts; the member's own bound where there is nothing to gain
    /// between the two (retail less the fee below feed-in), so that nobody ever crosses its own bound.
    /// </summary>
    public Price FarBound
    {
        get
        {
            if (BuyersBound < SellersBound)
            {
                return OwnBound;
            }

            return IsBuyer ? SellersBound : BuyersBound;
        }
    }

    /// <summary>
    /// A bid at <paramref name="limit"/> for the whole forecast, or nothing: where the forecast is zero, and for a buyer to whom the utility
    /// pays money for taking energy (its bound is below zero and a limit cannot be).
    /// </summary>
    internal Bid? At(Price limit)
    {
        if (Net.IsZero || OwnBound.IsNegative)
        {
            return null;
        }

        return new Bid(IsBuyer ? BidSide.Buy : BidSide.Sell, Energy.Abs(Net), limit);
    }
}
