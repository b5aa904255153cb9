using Commonwatt.Ledger.Ordering;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>The entries of an order from the position on that is read next: filled by the broker's connection, emptied by the node.</summary>
internal sealed class EntryBuffer(int mostEntries, long mostBytes) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> entries = [];
    private readonly Signal room = new();
    private readonly Signal turned = new();
    private ulong first;
    private long bytes;
    private int turn;
    private string? loss;

    /// <summary>Where reading began anew for the last time: how often it has, and the position that is to come next.</summary>
    /// <returns>Turn 0 as long as nothing was read.</returns>
    public (int Turn, ulong Next) Target
    {
        get
        {
            lock (gate)
            {
                return (turn, first + (ulong)entries.Count);
            }
        }
    }

    /// <summary>Waits until reading begins anew.</summary>
    public Task TurnedAsync(CancellationToken over) => turned.WaitAsync(over);

    /// <summary>Waits until reading begins anew, but not longer than <paramref name="atMost"/>.</summary>
    public Task<bool> TurnedAsync(TimeSpan atMost, TimeProvider clock, CancellationToken over) => turned.WaitAsync(atMost, clock, over);

    /// <summary>Takes out the entry at a position, or null where it has not come yet. Another position than the next one begins anew there.</summary>
    /// <exception cref="OrderLostException">It is known that the entry will never come.</exception>
    public ReadOnlyMemory<byte>? Take(ulong position)
    {
        lock (gate)
        {
            DropBefore(position);
            if (turn == 0 || position != first)
            {
                Begin(position);
                return null;
            }

            if (!entries.TryDequeue(out ReadOnlyMemory<byte> entry))
            {
                return loss is null ? default(ReadOnlyMemory<byte>?) : throw new OrderLostException(loss);
            }

            first++;
            bytes -= entry.Length;
            room.Set();
            return entry;
        }
    }

    /// <summary>Drops what stands before a position.</summary>
    public void Release(ulong position)
    {
        lock (gate)
        {
            DropBefore(position);
        }
    }

    /// <summary>Puts in the next entry.</summary>
    /// <returns>Whether reading has not begun anew since <paramref name="ofTurn"/>.</returns>
    public bool Add(int ofTurn, ReadOnlyMemory<byte> entry)
    {
        lock (gate)
        {
            if (turn != ofTurn)
            {
                return false;
            }

            entries.Enqueue(entry);
            bytes += entry.Length;
            return true;
        }
    }

    /// <summary>Waits until there is room for more.</summary>
    public async Task RoomAsync(CancellationToken over)
    {
        while (IsFull())
        {
            await room.WaitAsync(over);
        }
    }

    /// <summary>Says that what comes next in the buffer will never come.</summary>
    public void Lose(int ofTurn, string why)
    {
        lock (gate)
        {
            if (turn == ofTurn)
            {
                loss = why;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        room.Dispose();
        turned.Dispose();
    }

    private bool IsFull()
    {
        lock (gate)
        {
            return entries.Count >= mostEntries || bytes >= mostBytes;
        }
    }

    private void DropBefore(ulong position)
    {
        while (first < position && entries.TryDequeue(out ReadOnlyMemory<byte> entry))
        {
            first++;
            bytes -= entry.Length;
        }

        room.Set();
    }

    private void Begin(ulong position)
    {
        entries.Clear();
        bytes = 0;
        first = position;
        loss = null;
        turn++;
        turned.Set();
        room.Set();
    }
}
