namespace Commonwatt.Markets.Clearing;

/// <summary>The orders of a period dealt into two halves by member, without a look at any price.</summary>
internal readonly record struct Halves(Order[] First, Order[] Second)
{
    /// <summary>Deals the members in the order of their first arrival: those who come to buy alternately, and those who come to sell.</summary>
    /// <exception cref="ArgumentException">An order is invalid, or two share a sequence number.</exception>
    public static Halves Of(ReadOnlySpan<Order> orders)
    {
        Order[] byArrival = ByArrival(orders);
        Dictionary<MemberId, bool> isInFirst = [];
        bool nextBuyerInFirst = true;
        bool nextSellerInFirst = true;
        foreach (Order order in byArrival)
        {
            ref bool next = ref order.Side == Side.Buy ? ref nextBuyerInFirst : ref nextSellerInFirst;
            if (isInFirst.TryAdd(order.Member, next))
            {
                next = !next;
            }
        }

        return new Halves(
            Array.FindAll(byArrival, order => isInFirst[order.Member]),
            Array.FindAll(byArrival, order => !isInFirst[order.Member]));
    }

    private static Order[] ByArrival(ReadOnlySpan<Order> orders)
    {
        if (OrderSurvey.Of(orders).StoredByArrival)
        {
            return orders.ToArray();
        }

        BookKey[] arrivals = Arrivals.Of(orders);
        Order[] byArrival = new Order[orders.Length];
        for (int place = 0; place < byArrival.Length; place++)
        {
            byArrival[place] = orders[arrivals[place].Index];
        }

        return byArrival;
    }
}
