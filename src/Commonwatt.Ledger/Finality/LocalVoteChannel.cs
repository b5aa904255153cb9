using System.Collections.Concurrent;

namespace Commonwatt.Ledger.Finality;

/// <summary>Carries votes between the validators of one process.</summary>
public sealed class LocalVoteChannel
{
    private const int MostWaiting = 10_000;

    private readonly ConcurrentBag<End> ends = [];

    /// <summary>An end of the channel for one more validator or follower.</summary>
    public IVoteChannel Join()
    {
        var end = new End(this);
        ends.Add(end);
        return end;
    }

    private sealed class End(LocalVoteChannel channel) : IVoteChannel
    {
        private readonly ConcurrentQueue<ReadOnlyMemory<byte>> waiting = new();

        public void Send(ReadOnlyMemory<byte> message)
        {
            foreach (End other in channel.ends)
            {
                // Whoever does not listen loses what is oldest: votes are said again.
                if (other.waiting.Count >= MostWaiting)
                {
                    other.waiting.TryDequeue(out _);
                }

                other.waiting.Enqueue(message);
            }
        }

        public ReadOnlyMemory<byte>? Receive() => waiting.TryDequeue(out ReadOnlyMemory<byte> message) ? message : default(ReadOnlyMemory<byte>?);
    }
}
