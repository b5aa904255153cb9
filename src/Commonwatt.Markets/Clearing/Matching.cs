namespace Commonwatt.Markets.Clearing;

/// <summary>A bid and an ask that meet, by their places in the book, and the Wh they share.</summary>
internal readonly record struct Match(int Bid, int Ask, long Quantity);

/// <summary>Which bids and asks meet before anything is said about the price.</summary>
internal sealed class Matching
{
    private readonly BookOrder[] bids;
    private readonly BookOrder[] asks;
    private readonly Match[] matches;
    private readonly int count;

    private Matching(BookOrder[] bids, BookOrder[] asks, Match[] matches, int count, int firstRejectedBid, int firstRejectedAsk)
    {
        this.bids = bids;
        this.asks = asks;
        this.matches = matches;
        this.count = count;
        FirstRejectedBid = firstRejectedBid < bids.Length ? bids[firstRejectedBid].Price : null;
        FirstRejectedAsk = firstRejectedAsk < asks.Length ? asks[firstRejectedAsk].Price : null;
    }

    /// <summary>Whether nothing met.</summary>
    public bool IsEmpty => count == 0;

    /// <summary>The price of the last bid that fills, in whole or in part.</summary>
    public long LastAcceptedBid => bids[matches[count - 1].Bid].Price;

    /// <summary>The price of the last ask that fills, in whole or in part.</summary>
    public long LastAcceptedAsk => asks[matches[count - 1].Ask].Price;

    /// <summary>The price of the first bid that does not fill or fills in part only; null where all fill.</summary>
    public long? FirstRejectedBid { get; }

    /// <summary>The price of the first ask that does not fill or fills in part only; null where all fill.</summary>
    public long? FirstRejectedAsk { get; }

    /// <summary>Matches the two heads of the book for as long as the bid is not below the ask.</summary>
    public static Matching Of(OrderBook book)
    {
        (BookOrder[] bids, BookOrder[] asks) = book;
        Match[] met = GC.AllocateUninitializedArray<Match>(bids.Length + asks.Length);
        int pairs = 0;
        int bid = 0;
        int ask = 0;
        long wanted = bids.Length > 0 ? bids[0].Quantity : 0;
        long offered = asks.Length > 0 ? asks[0].Quantity : 0;
        while (bid < bids.Length && ask < asks.Length && bids[bid].Price >= asks[ask].Price)
        {
            long quantity = long.Min(wanted, offered);
            if (quantity > 0)
            {
                met[pairs++] = new Match(bid, ask, quantity);
            }

            wanted -= quantity;
            offered -= quantity;
            if (wanted == 0)
            {
                wanted = ++bid < bids.Length ? bids[bid].Quantity : 0;
            }

            if (offered == 0)
            {
                offered = ++ask < asks.Length ? asks[ask].Quantity : 0;
            }
        }

        return new Matching(bids, asks, met, pairs, bid, ask);
    }

    /// <summary>This matching, or under <see cref="Rationing.ProRata"/> the one in which the last level of each side shares by quantity what it gets.</summary>
    /// <param name="rationing">What the community chose.</param>
    /// <param name="bidPriority">By price, the last level is the bids at the price of the last accepted one; by arrival, it is all bids.</param>
    /// <param name="askPriority">The same for asks.</param>
    public Matching Rationed(Rationing rationing, Priority bidPriority = Priority.Price, Priority askPriority = Priority.Price)
    {
        if (IsEmpty || rationing == Rationing.Arrival)
        {
            return this;
        }

        long[] bought = new long[bids.Length];
        long[] sold = new long[asks.Length];
        foreach (Match match in matches.AsSpan(0, count))
        {
            bought[match.Bid] += match.Quantity;
            sold[match.Ask] += match.Quantity;
        }

        Match last = matches[count - 1];
        return Of(new OrderBook(Level.Share(bids, bought, last.Bid, bidPriority), Level.Share(asks, sold, last.Ask, askPriority)));
    }

    /// <summary>The trades in the order of the matches, each pair at the price the rule gives it.</summary>
    /// <exception cref="OverflowException">An amount does not fit a <see langword="long"/>.</exception>
    public Trade[] At<TRule>(TRule rule)
        where TRule : struct, IPairPrice
    {
        Trade[] trades = GC.AllocateUninitializedArray<Trade>(count);
        for (int index = 0; index < trades.Length; index++)
        {
            Match match = matches[index];
            ref readonly BookOrder bid = ref bids[match.Bid];
            ref readonly BookOrder ask = ref asks[match.Ask];
            Energy quantity = new(match.Quantity);
            Price price = rule.Of(bid.Price, ask.Price);
            trades[index] = new Trade(bid.Id, ask.Id, quantity, price, quantity.At(price));
        }

        return trades;
    }
}
