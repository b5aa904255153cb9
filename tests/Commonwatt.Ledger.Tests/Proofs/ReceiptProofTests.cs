using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

public class ReceiptProofTests
{
    private readonly CertifiedChain chain = new();
    private readonly TransactionBuilder alice;

    public ReceiptProofTests() => alice = Builder(chain.Genesis, Alice);

    [Fact]
    public void Every_receipt_of_every_block_is_proved_whatever_made_it()
    {
        CallOrigin[] origins = [CallOrigin.Genesis, CallOrigin.Schedule, CallOrigin.Transaction];
        chain.Add(alice.Build(chain.Now, [.. Enumerable.Range(0, 5).Select(index => Remind(chain.Now, $"{index}"))]));
        chain.Add(alice.Build(chain.Now, TakeNote("one")), alice.Build(chain.Now, Words("token", "refuse-with", "two")));
        var proved = new List<Receipt>();
        foreach (VerifiedBlock block in chain.Blocks)
        {
            for (int index = 0; index < block.Executed.Receipts.Count; index++)
            {
                ReceiptProof proof = Handed(ReceiptProof.Of(block, index));
                Assert.Null(proof.Check(chain.Validators, chain.Genesis.Id));
                Assert.Equal(CanonicalWriter.Encode(block.Executed.Receipts[index]), CanonicalWriter.Encode(proof.Receipt));
                proved.Add(proof.Receipt);
            }
        }

        Assert.Equal(2 + 1 + 5 + 2, proved.Count);
        Assert.All(origins, origin => Assert.Contains(proved, receipt => receipt.Origin == origin));
    }

    [Fact]
    public void A_receipt_that_does_not_stand_at_its_place_is_refused()
    {
        VerifiedBlock block = Rung();
        ReceiptProof one = ReceiptProof.Of(block, 0);
        ReceiptProof two = ReceiptProof.Of(block, 1);
        ReceiptProof[] forged =
        [
            one with { Index = 1 },
            one with { Index = uint.MaxValue },
            one with { Receipt = two.Receipt },
            one with { Receipt = two.Receipt, ReceiptPath = two.ReceiptPath },
            one with { Receipt = one.Receipt with { Events = [new LedgerEvent("token.paid", default)] } },
            one with { Receipt = one.Receipt with { Origin = CallOrigin.Transaction } },
            one with { ReceiptPath = [] },
            one with { ReceiptPath = [.. one.ReceiptPath, Hash.Zero] },
            one with { Block = chain.Blocks[1].Certified },
            one with { Block = chain.Sign(one.Block.Header, chain.Validators, 2) },
        ];
        Assert.All(forged, proof => Assert.NotNull(Handed(proof).Check(chain.Validators, chain.Genesis.Id)));
        Assert.Contains("cannot have", (one with { Index = (uint)block.Executed.Receipts.Count }).Check(chain.Validators, chain.Genesis.Id), StringComparison.Ordinal);
    }

    // The roots hold whatever validators sign: were they to sign a receipt of the wrong origin, its reader would still not take it.
    [Fact]
    public void A_receipt_says_where_it_comes_from_as_its_place_does()
    {
        Receipt receipt = new(CallOrigin.Transaction, Hash.Zero, Outcome.Done, []);
        Hash leaf = MerkleTree.LeafHash(CanonicalWriter.Encode(receipt));
        BlockHeader header = chain.Blocks[0].Certified.Header with { Height = 1, ReceiptsRoot = MerkleTree.Root([leaf]), ScheduledCount = 1, TransactionCount = 0 };
        var proof = new ReceiptProof(chain.Sign(header, chain.Validators, 3), Index: 0, receipt, []);
        Assert.Contains("origin", proof.Check(chain.Validators, chain.Genesis.Id), StringComparison.Ordinal);
        BlockHeader other = header with { ScheduledCount = 0, TransactionCount = 1 };
        Assert.Null((proof with { Block = chain.Sign(other, chain.Validators, 3) }).Check(chain.Validators, chain.Genesis.Id));
    }

    [Fact]
    public void A_block_has_no_receipts_beyond_those_it_counts()
    {
        VerifiedBlock block = Rung();
        Assert.Throws<ArgumentOutOfRangeException>(() => ReceiptProof.Of(block, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReceiptProof.Of(block, block.Executed.Receipts.Count));
    }

    [Fact]
    public void The_newest_receipt_with_an_event_is_found_by_its_name()
    {
        string name = chain.Add(alice.Build(chain.Now, TakeNote("first"))).Executed.Receipts[0].Events[0].Name;
        chain.Add(alice.Build(chain.Now, Transfer(Bob, 1)), alice.Build(chain.Now, TakeNote("second")), alice.Build(chain.Now, Transfer(Bob, 2)));
        chain.Add(alice.Build(chain.Now, Transfer(Bob, 3)));
        var search = new ReceiptSearch(name);
        var nothing = new ReceiptSearch("nobody.knows");
        foreach (VerifiedBlock block in chain.Blocks)
        {
            search.Look(block);
            nothing.Look(block);
        }

        Assert.Null(nothing.Found);
        Assert.Contains(name, nothing.Names);
        Assert.Null(search.Found!.Check(chain.Validators, chain.Genesis.Id));
        Assert.Contains(search.Found.Receipt.Events, happened => happened.Name == name);
        Assert.Equal((2ul, 1u), (search.Found.Block.Header.Height, search.Found.Index));
    }

    /// <summary>A block in which a reminder rang and two transactions stood.</summary>
    private VerifiedBlock Rung()
    {
        chain.Add(alice.Build(chain.Now, Remind(chain.Now, "ring")));
        VerifiedBlock block = chain.Add(alice.Build(chain.Now, TakeNote("one")), alice.Build(chain.Now, TakeNote("two")));
        Assert.Equal(1, block.Executed.ScheduledCount);
        return block;
    }

    private static ReceiptProof Handed(ReceiptProof proof) => Assert.IsType<ReceiptProof>(ProofFile.Decode(ProofFile.Encode(proof)));
}
