namespace Commonwatt.Faults;

/// <summary>What a validator with too little power does with its key against the others: beside the real node, which runs with it as well.</summary>
internal sealed class LyingValidator(SigningKey key, Hash ledgerId, Random random)
{
    private readonly List<Vote> heard = [];

    /// <summary>Listens to what others say.</summary>
    public void Overhear(ReadOnlyMemory<byte> message)
    {
        if (FinalityMessage.Decode(message.Span, ledgerId) is { Vote: { } vote })
        {
            heard.Add(vote);
        }
    }

    /// <summary>Says one thing to one and another thing to another.</summary>
    public void Lie(SimulatedNetwork network, SimulatedOrder order, int nodes, Instant now)
    {
        if (heard.Count == 0)
        {
            return;
        }

        Vote vote = heard[random.Next(heard.Count)];
        int victim = random.Next(nodes);
        switch (random.Next(6))
        {
            case 0:
                Send(network, victim, new FinalityMessage(Vote.Sign(vote.Header with { StateRoot = Hash.Of([(byte)random.Next(3)]) }, key)));
                break;
            case 1:
                Send(network, victim, new FinalityMessage(Vote.Sign(vote.Header, key)));
                break;
            case 2:
                // A certificate with its own signature alone, as often as it would have to count.
                BlockHeader forged = vote.Header with { ReceiptsRoot = Hash.Of("forged"u8) };
                byte[] signature = key.Sign(forged.SigningDigest());
                var certificate = BlockCertificate.Of(Enumerable.Repeat((key.Address, signature), random.Next(1, 5)));
                Send(network, victim, new FinalityMessage(Certified: new CertifiedHeader(forged, certificate)));
                break;
            case 3:
                Send(network, victim, new FinalityMessage(RequestFrom: (ulong)random.Next(50)));
                break;
            case 4:
                // Its clock is wrong by days, and its batches have any number.
                Instant wrong = now + TimeSpan.FromDays(random.Next(-5, 400));
                order.Put(SignedBatch.Sign(ledgerId, (ulong)random.Next(1, 40), wrong, [], key).Bytes);
                break;
            default:
                byte[] garbage = new byte[random.Next(200)];
                random.NextBytes(garbage);
                order.Put(garbage);
                network.SendTo(victim, garbage);
                break;
        }
    }

    private void Send(SimulatedNetwork network, int victim, FinalityMessage message) => network.SendTo(victim, message.ToArray(ledgerId));
}
