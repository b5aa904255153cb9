namespace Commonwatt.Faults;

/// <summary>An order of batches with the faults of a real log: entries get lost, delayed and doubled, readers lag, the tail may go, and it may lie.</summary>
internal sealed class SimulatedOrder(Random random, Action<SignedBatch> onPublished)
{
    private readonly Random random = random;
    private readonly Action<SignedBatch> onPublished = onPublished;
    private readonly List<ReadOnlyMemory<byte>> entries = [];
    private readonly List<ReadOnlyMemory<byte>> onTheirWay = [];
    private readonly List<View> views = [];

    /// <summary>Whether entries may still get lost, late or doubled.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>How many entries there are.</summary>
    public int Count => entries.Count;

    /// <summary>The order as one more node sees it.</summary>
    public IOrderer Join()
    {
        var view = new View(this);
        views.Add(view);
        return view;
    }

    /// <summary>Puts anything in.</summary>
    public void Put(ReadOnlyMemory<byte> entry) => onTheirWay.Add(entry);

    /// <summary>Gives some of what is on its way its place, in any order.</summary>
    public void Settle()
    {
        for (int count = random.Next(4); count > 0 && onTheirWay.Count > 0; count--)
        {
            int chosen = IsFaulty && random.Next(4) == 0 ? random.Next(onTheirWay.Count) : 0;
            entries.Add(onTheirWay[chosen]);
            if (!IsFaulty || random.Next(10) > 0)
            {
                onTheirWay.RemoveAt(chosen);
            }
        }
    }

    /// <summary>Gives everything its place and shows it to everybody.</summary>
    public void Flush()
    {
        entries.AddRange(onTheirWay);
        onTheirWay.Clear();
        foreach (View view in views)
        {
            view.Shown = int.MaxValue;
        }
    }

    /// <summary>Shows some reader more of the order, or no more for a while.</summary>
    public void Lag()
    {
        if (views.Count > 0)
        {
            views[random.Next(views.Count)].Shown = random.Next(3) == 0 ? Count : int.MaxValue;
        }
    }

    /// <summary>The transactions of some entry, if there are any.</summary>
    public SignedTransaction[] SomeTransactions()
    {
        try
        {
            return entries.Count == 0 ? [] : [.. SignedBatch.Decode(entries[random.Next(entries.Count)].Span).Transactions];
        }
        catch (MalformedBytesException)
        {
            return [];
        }
    }

    /// <summary>Loses the newest entries, for everybody, after some have read them.</summary>
    public void LoseTail()
    {
        int lost = random.Next(1, 4);
        entries.RemoveRange(int.Max(0, entries.Count - lost), int.Min(lost, entries.Count));
    }

    /// <summary>Shows some reader, from now on, the entries in another order than the others.</summary>
    public void Lie() => views[random.Next(views.Count)].SwapsFrom ??= entries.Count;

    private sealed class View(SimulatedOrder order) : IOrderer
    {
        public int Shown { get; set; } = int.MaxValue;

        public int? SwapsFrom { get; set; }

        public void Publish(SignedBatch batch)
        {
            order.onPublished(batch);
            int fate = order.IsFaulty ? order.random.Next(8) : 7;
            if (fate > 0)
            {
                order.onTheirWay.Add(batch.Bytes);
            }
        }

        public ReadOnlyMemory<byte>? Read(ulong position)
        {
            int place = (int)position;
            if (place >= int.Min(Shown, order.entries.Count))
            {
                return null;
            }

            // Each pair of neighbours changes places; the last one alone is held back until it has a neighbour.
            if (SwapsFrom is { } from && place >= from)
            {
                int other = from + ((place - from) ^ 1);
                return other < order.entries.Count ? order.entries[other] : null;
            }

            return order.entries[place];
        }

        public void Release(ulong position)
        {
            // Everything is kept: a node may start again from any block.
        }
    }
}
