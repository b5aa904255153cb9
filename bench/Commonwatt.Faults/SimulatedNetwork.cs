namespace Commonwatt.Faults;

/// <summary>A network for votes that drops, delays, doubles and reorders.</summary>
/// <param name="random">Decides what happens to each message.</param>
/// <param name="onSent">Told every message with its sender's number.</param>
internal sealed class SimulatedNetwork(Random random, Action<int, ReadOnlyMemory<byte>> onSent)
{
    private readonly Random random = random;
    private readonly Action<int, ReadOnlyMemory<byte>> onSent = onSent;
    private readonly List<End> ends = [];

    /// <summary>Whether messages may still get lost, late, doubled or out of order.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>An end for one more node.</summary>
    public IVoteChannel Join()
    {
        var end = new End(this, ends.Count);
        ends.Add(end);
        return end;
    }

    /// <summary>Gives a message to one node only.</summary>
    public void SendTo(int node, ReadOnlyMemory<byte> message) => ends[node].Inbox.Add(message);

    private sealed class End(SimulatedNetwork network, int number) : IVoteChannel
    {
        public List<ReadOnlyMemory<byte>> Inbox { get; } = [];

        public void Send(ReadOnlyMemory<byte> message)
        {
            network.onSent(number, message);
            foreach (End other in network.ends)
            {
                int fate = network.IsFaulty ? network.random.Next(10) : 9;
                if (fate > 0)
                {
                    other.Inbox.Add(message);
                }
            }
        }

        public ReadOnlyMemory<byte>? Receive()
        {
            if (Inbox.Count == 0 || (network.IsFaulty && network.random.Next(4) == 0))
            {
                return null;
            }

            int chosen = network.IsFaulty && network.random.Next(3) == 0 ? network.random.Next(Inbox.Count) : 0;
            ReadOnlyMemory<byte> message = Inbox[chosen];
            if (!network.IsFaulty || network.random.Next(10) > 0)
            {
                Inbox.RemoveAt(chosen);
            }

            return message;
        }
    }
}
