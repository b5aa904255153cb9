namespace Commonwatt.Markets.Clearing;

/// <summary>What one look at all orders tells: that each is valid, how many each side has and what its prices span.</summary>
internal readonly record struct OrderSurvey(SideSurvey Bids, SideSurvey Asks, bool StoredByArrival)
{
    /// <exception cref="ArgumentException">An order's quantity is not positive, or its limit price is negative.</exception>
    public static OrderSurvey Of(ReadOnlySpan<Order> orders)
    {
        SideSurvey bids = SideSurvey.Empty;
        SideSurvey asks = SideSurvey.Empty;
        bool storedByArrival = true;
        long before = 0;
        for (int index = 0; index < orders.Length; index++)
        {
            ref readonly Order order = ref orders[index];
            long price = order.LimitPrice.MicrosPerKilowattHour;
            if (order.Quantity.WattHours <= 0 || price < 0 || order.Side > Side.Sell)
            {
                throw Invalid(order);
            }

            storedByArrival &= index == 0 || order.Sequence > before;
            before = order.Sequence;
            if (order.Side == Side.Buy)
            {
                bids = bids.With(price);
            }
            else
            {
                asks = asks.With(price);
            }
        }

        return new OrderSurvey(bids, asks, storedByArrival);
    }

    private static ArgumentException Invalid(in Order order)
    {
        if (order.Side > Side.Sell)
        {
            return new ArgumentException($"Order {order.Id.Value} has the side {(byte)order.Side}: it must be {nameof(Side.Buy)} or {nameof(Side.Sell)}.");
        }

        return order.Quantity.WattHours <= 0
            ? new ArgumentException($"Order {order.Id.Value} has the quantity {order.Quantity.WattHours} Wh: it must be more than zero.")
            : new ArgumentException(
                $"Order {order.Id.Value} has the limit price {order.LimitPrice.MicrosPerKilowattHour} micro-currency per kWh: it must be zero or more.");
    }
}

/// <summary>How many orders a side has, and its lowest and highest price.</summary>
internal readonly record struct SideSurvey(int Count, long Lowest, long Highest)
{
    public static readonly SideSurvey Empty = new(0, long.MaxValue, 0);

    public SideSurvey With(long price) => new(Count + 1, long.Min(Lowest, price), long.Max(Highest, price));
}
