namespace Commonwatt.Markets.Clearing;

/// <summary>What decides which of two orders of one side comes first.</summary>
internal enum Priority
{
    /// <summary>The better price: the higher bid, the lower ask; equal prices by arrival.</summary>
    Price,

    /// <summary>The earlier arrival, whatever the price.</summary>
    Arrival,
}

/// <summary>The orders of a period, checked, split by side and sorted by priority, best first.</summary>
internal readonly record struct OrderBook(BookOrder[] Bids, BookOrder[] Asks)
{
    /// <exception cref="ArgumentException">An order is invalid, or two share a sequence number.</exception>
    public static OrderBook Of(ReadOnlySpan<Order> orders, Priority bids = Priority.Price, Priority asks = Priority.Price)
    {
        OrderSurvey survey = OrderSurvey.Of(orders);
        BookKey[]? arrivals = survey.StoredByArrival ? null : Arrivals.Of(orders);
        return new OrderBook(Sorted(orders, Side.Buy, survey.Bids, bids, arrivals), Sorted(orders, Side.Sell, survey.Asks, asks, arrivals));
    }

    private static BookOrder[] Sorted(ReadOnlySpan<Order> orders, Side side, SideSurvey survey, Priority priority, BookKey[]? arrivals)
    {
        BookKey[] keys = GC.AllocateUninitializedArray<BookKey>(survey.Count);
        int count = 0;
        for (int arrival = 0; arrival < orders.Length; arrival++)
        {
            int index = arrivals is null ? arrival : arrivals[arrival].Index;
            ref readonly Order order = ref orders[index];
            if (order.Side == side)
            {
                keys[count++] = new BookKey(priority == Priority.Arrival ? 0 : FromBest(side, survey, order.LimitPrice), arrival, index);
            }
        }

        if (priority == Priority.Price && count > 0)
        {
            keys = RadixSort.Sort(keys, (ulong)(survey.Highest - survey.Lowest));
        }

        BookOrder[] sorted = GC.AllocateUninitializedArray<BookOrder>(count);
        for (int place = 0; place < count; place++)
        {
            ref readonly Order order = ref orders[keys[place].Index];
            sorted[place] = new BookOrder(order.Id, order.LimitPrice.MicrosPerKilowattHour, order.Quantity.WattHours);
        }

        return sorted;
    }

    private static ulong FromBest(Side side, SideSurvey survey, Price price) =>
        (ulong)(side == Side.Buy ? survey.Highest - price.MicrosPerKilowattHour : price.MicrosPerKilowattHour - survey.Lowest);
}
