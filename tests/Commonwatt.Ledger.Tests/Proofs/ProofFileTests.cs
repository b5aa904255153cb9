using Google.Protobuf;
using static Commonwatt.Faults.Sample.SampleLedger;
using Sent = Commonwatt.Ledger.Wire.Proofs;

namespace Commonwatt.Ledger.Tests.Proofs;

public class ProofFileTests
{
    private readonly CertifiedChain chain = new();
    private readonly VerifiedBlock block;

    public ProofFileTests()
    {
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        chain.Add(alice.Build(chain.Now, Remind(chain.Now, "ring")));
        block = chain.Add(alice.Build(chain.Now, TakeNote("one")), alice.Build(chain.Now, Words("token", "refuse-with", "two")), alice.Build(chain.Now, TakeNote("three")));
    }

    [Fact]
    public void A_changed_byte_of_a_transactions_or_a_receipts_proof_is_found()
    {
        foreach (LedgerProof proof in new LedgerProof[] { TransactionProof.Of(block, 0), TransactionProof.Of(block, 1), ReceiptProof.Of(block, 0), ReceiptProof.Of(block, 1) })
        {
            byte[] file = File(proof);
            for (int place = 0; place < file.Length; place++)
            {
                Assert.True(Read(Changed(file, place)) is (_, not null), $"byte {place}");
            }
        }
    }

    // The asked key is part of what is claimed: with another one, the same leaf may show that that one is absent, if it is.
    [Fact]
    public void A_changed_byte_of_an_entrys_proof_is_found_or_shows_the_absence_of_another_key_that_is_absent()
    {
        var present = block.Executed.State.Entries().Select(entry => Convert.ToHexString(entry.Key.Span)).ToHashSet();
        foreach (byte[] key in new[] { Token.BalanceKey(Alice.Address), Token.BalanceKey(Stranger.Address) })
        {
            byte[] file = File(StateProof.Of(block, key));
            for (int place = 0; place < file.Length; place++)
            {
                if (Read(Changed(file, place)) is (StateProof other, null))
                {
                    Assert.NotEqual(key, other.Key);
                    Assert.False(other.IsPresent, $"byte {place}");
                    Assert.DoesNotContain(Convert.ToHexString(other.Key), present);
                }
            }
        }
    }

    [Fact]
    public void A_file_cut_short_or_with_more_at_its_end_is_none()
    {
        foreach (byte[] file in new[] { File(TransactionProof.Of(block, 1)), File(ReceiptProof.Of(block, 1)) })
        {
            for (int length = 0; length < file.Length; length++)
            {
                Assert.Throws<MalformedBytesException>(() => ProofFile.Decode(file.AsSpan(0, length)));
            }

            Assert.Throws<MalformedBytesException>(() => ProofFile.Decode([.. file, 0]));
            Assert.Throws<MalformedBytesException>(() => ProofFile.Decode([.. file, .. file[ProofFile.Signature.Length..]]));
        }
    }

    [Fact]
    public void Bytes_put_in_taken_out_and_written_over_at_random_give_a_sentence_and_never_a_crash()
    {
        var random = new Random(5);
        byte[][] files = [File(TransactionProof.Of(block, 1)), File(StateProof.Of(block, Token.BalanceKey(Stranger.Address))), File(ReceiptProof.Of(block, 0))];
        for (int round = 0; round < 3000; round++)
        {
            List<byte> bytes = [.. files[round % 3]];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int place = random.Next(ProofFile.Signature.Length, bytes.Count);
                byte value = (byte)random.Next(256);
                switch (random.Next(3))
                {
                    case 0:
                        bytes.Insert(place, value);
                        break;
                    case 1:
                        bytes.RemoveAt(place);
                        break;
                    default:
                        bytes[place] = value;
                        break;
                }
            }

            (LedgerProof? proof, string? fault) = Read([.. bytes]);
            Assert.True(fault is { Length: > 0 } || proof is StateProof { IsPresent: false } || bytes.SequenceEqual(files[round % 3]), $"round {round}");
        }
    }

    [Fact]
    public void What_is_out_of_bounds_is_refused_before_it_is_read()
    {
        Assert.Contains("at most", Fault(new byte[ProofFile.MostBytes + 1]), StringComparison.Ordinal);
        Assert.Contains("does not start with", Fault("commonwatt/log/1"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("claims nothing", Fault(ProofFile.Signature.ToArray()), StringComparison.Ordinal);
        Assert.Contains("no header", Fault(State(sent => sent.Block = null)), StringComparison.Ordinal);
        Assert.Contains("at most 2295", Fault(State(sent => sent.Path.Add(Enumerable.Repeat(sent.Path[0], 2300)))), StringComparison.Ordinal);
        Assert.Contains("no position", Fault(State(sent => sent.Path[0].Position = uint.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("32 bytes", Fault(State(sent => sent.Path[0].Sibling = ByteString.Empty)), StringComparison.Ordinal);
        Sent.Proof deep = TransactionProof.Of(block, 0).ToMessage();
        deep.Transaction.ReceiptPath.Add(Enumerable.Repeat(deep.Transaction.ReceiptPath[0], 40));
        Assert.Contains("at most 32", Fault([.. ProofFile.Signature, .. deep.ToByteArray()]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_counts_more_than_there_can_be_is_refused()
    {
        TransactionProof proof = TransactionProof.Of(block, 0);
        BlockHeader header = proof.Block.Header with { TransactionCount = uint.MaxValue, ScheduledCount = uint.MaxValue, Time = new Instant(long.MinValue), Height = ulong.MaxValue };
        TransactionProof forged = proof with { Block = chain.Sign(header, chain.Validators, 3) };
        Assert.Contains("cannot have", Read(File(forged)).Fault, StringComparison.Ordinal);
    }

    private byte[] State(Action<Sent.StateProof> change)
    {
        Sent.Proof sent = StateProof.Of(block, Token.BalanceKey(Alice.Address)).ToMessage();
        change(sent.State);
        return [.. ProofFile.Signature, .. sent.ToByteArray()];
    }

    private (LedgerProof? Proof, string? Fault) Read(byte[] file)
    {
        try
        {
            LedgerProof proof = ProofFile.Decode(file);
            return (proof, proof.Check(chain.Validators, chain.Genesis.Id));
        }
        catch (MalformedBytesException exception)
        {
            return (null, exception.Message);
        }
    }

    private static string Fault(byte[] file) => Assert.Throws<MalformedBytesException>(() => ProofFile.Decode(file)).Message;

    private static byte[] File(LedgerProof proof) => ProofFile.Encode(proof);

    private static byte[] Changed(byte[] file, int place)
    {
        byte[] changed = [.. file];
        changed[place] ^= (byte)(1 << (place % 8));
        return changed;
    }
}
