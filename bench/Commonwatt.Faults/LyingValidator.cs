using Commonwatt.Faults.Sample;
using Google.Protobuf;

namespace Commonwatt.Faults;

/// <summary>What a validator with too little power does with its key against the others: beside the real node, which runs with it as well.</summary>
/// <param name="key">Its key.</param>
/// <param name="genesis">The ledger.</param>
/// <param name="others">The addresses of the honest validators.</param>
/// <param name="random">Decides what it does.</param>
internal sealed class LyingValidator(SigningKey key, LedgerGenesis genesis, IReadOnlyList<Address> others, Random random)
{
    private readonly List<Vote> heard = [];

    /// <summary>Listens to what others say.</summary>
    public void Overhear(Vote vote) => heard.Add(vote);

    /// <summary>Says one thing to one and another thing to another.</summary>
    public void Lie(SimulatedNetwork network, SimulatedOrder order, Instant now)
    {
        if (heard.Count == 0)
        {
            return;
        }

        // What is new matters most: there the others still wait for votes.
        Vote vote = random.Next(2) == 0 ? heard[^random.Next(1, int.Min(8, heard.Count) + 1)] : heard[random.Next(heard.Count)];
        BlockHeader forged = vote.Header with { StateRoot = Hash.Of([(byte)random.Next(3)]) };
        BlockHeader either = random.Next(2) == 0 ? forged : vote.Header;
        int victim = random.Next(others.Count + 1);
        switch (random.Next(12))
        {
            case 0 or 1:
                Send(network, victim, new FinalityMessage(Vote.Sign(forged, key)));
                break;
            case 2:
                Send(network, victim, new FinalityMessage(Vote.Sign(vote.Header, key)));
                break;
            case 3 or 4:
                others.ToList().ForEach(other => Send(network, victim, new FinalityMessage(InNameOf(other, either))));
                break;
            case 5:
                SendCertificate(network, victim, either, [.. Enumerable.Repeat((key.Address, key.Sign(either.SigningDigest())), random.Next(1, 7))]);
                break;
            case 6:
                SendCertificate(network, victim, either, [.. others.Select(other => (other, key.Sign(either.SigningDigest())))]);
                break;
            case 7:
                // One honest vote, repeated as often as it would have to count.
                SendCertificate(network, victim, vote.Header, [.. Enumerable.Repeat((vote.Validator, vote.Signature.ToArray()), random.Next(1, 7))]);
                break;
            case 8:
                SendCertificate(network, victim, vote.Header, TooFew(vote.Header));
                break;
            case 9:
                Send(network, victim, new FinalityMessage(RequestFrom: (ulong)random.Next(50)));
                break;
            case 10:
                order.Put(LyingBatch(order, now));
                break;
            default:
                byte[] garbage = new byte[random.Next(200)];
                random.NextBytes(garbage);
                order.Put(garbage);
                network.SendTo(victim, garbage);
                break;
        }
    }

    // Its own signature and one honest one: enough for nothing, unless somebody counts wrongly.
    private (Address, byte[])[] TooFew(BlockHeader header) =>
    [
        (key.Address, key.Sign(header.SigningDigest())),
        .. heard.Where(vote => vote.Header == header && vote.Validator != key.Address).Take(1).Select(vote => (vote.Validator, vote.Signature.ToArray())),
    ];

    private Vote InNameOf(Address other, BlockHeader header)
    {
        Ledger.Wire.Finality.Vote claimed = Vote.Sign(header, key).ToMessage();
        claimed.Validator = ByteString.CopyFrom(other.ToArray());
        return Vote.Read(claimed);
    }

    // Its clock is wrong by days, its batches have any number, or another's name, and hold what others sent before, or never.
    private ReadOnlyMemory<byte> LyingBatch(SimulatedOrder order, Instant now)
    {
        Instant wrong = now + TimeSpan.FromDays(random.Next(-5, 400));
        SignedTransaction[] replayed = random.Next(2) == 0 ? order.SomeTransactions() : [];
        SignedTransaction[] made = genesis.HasSignatures && random.Next(2) == 0 ? [InNameOfAlice(now)] : [];
        var batch = SignedBatch.Sign(genesis.Id, (ulong)random.Next(1, 40), wrong, [.. replayed, .. made], key);
        return random.Next(3) == 0 ? InNameOf(others[random.Next(others.Count)], batch) : batch.Bytes;
    }

    private ReadOnlyMemory<byte> InNameOf(Address other, SignedBatch batch)
    {
        var outer = Batch.Parser.ParseFrom(batch.Bytes.Span);
        var body = BatchBody.Parser.ParseFrom(outer.Body);
        body.Proposer = ByteString.CopyFrom(other.ToArray());
        outer.Body = body.ToByteString();
        outer.Signature = ByteString.CopyFrom(key.Sign(Hash.Of("commonwatt/batch/1", outer.Body.Span)));
        return outer.ToByteArray();
    }

    private SignedTransaction InNameOfAlice(Instant now)
    {
        var body = new TransactionBody
        {
            LedgerId = ByteString.CopyFrom(genesis.Id.ToArray()),
            Sender = ByteString.CopyFrom(SampleLedger.Alice.Address.ToArray()),
            Nonce = 1000,
            ExpiresAtMs = (ulong)(now + TimeSpan.FromHours(6)).UnixMilliseconds,
        };
        body.Calls.Add(SampleLedger.Transfer(SampleLedger.Bob, 1));
        return SignedTransaction.Sign(body, key);
    }

    private void SendCertificate(SimulatedNetwork network, int victim, BlockHeader header, IEnumerable<(Address, byte[])> signatures) =>
        Send(network, victim, new FinalityMessage(Certified: new CertifiedHeader(header, BlockCertificate.Of(signatures))));

    private void Send(SimulatedNetwork network, int victim, FinalityMessage message) => network.SendTo(victim, message.ToArray(genesis.Id));
}
