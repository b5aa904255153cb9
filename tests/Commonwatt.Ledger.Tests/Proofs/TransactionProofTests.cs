using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

public class TransactionProofTests
{
    private readonly CertifiedChain chain = new();

    [Fact]
    public void Every_transaction_of_a_block_of_any_size_is_proved_with_its_receipt()
    {
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        for (int size = 1; size <= 9; size++)
        {
            VerifiedBlock block = chain.Add(
            [
                .. Enumerable.Range(0, size).Select(index => alice.Build(chain.Now, index % 3 == 2 ? Words("token", "refuse-with", "no") : Remind(chain.Now, $"{index}"))),
            ]);
            for (int index = 0; index < size; index++)
            {
                TransactionProof proof = Handed(TransactionProof.Of(block, index));
                Assert.Null(proof.Check(chain.Validators, chain.Genesis.Id));
                Assert.Equal(block.Transactions[index].Id, proof.Transaction.Id);
                Assert.Equal(index % 3 == 2 ? "as-you-wish" : "", proof.Receipt.Outcome.Code);
            }
        }

        // The reminders rang by the schedule, so that receipts of scheduled calls stood before those of the transactions.
        Assert.True(chain.Blocks[^1].Executed.ScheduledCount > 0);
    }

    [Fact]
    public void The_receipt_that_counts_is_that_of_the_block_which_used_the_nonce()
    {
        SignedTransaction repeated = Builder(chain.Genesis, Stranger).Build(chain.Now, TakeNote("hello"));
        var search = new TransactionSearch(repeated.Id);
        search.Look(chain.Add());
        Assert.Null(search.Found);
        string[] codes = [.. new[] { chain.Add(repeated), chain.Add(Builder(chain.Genesis, Alice).Build(chain.Now, Transfer(Stranger, 1))), chain.Add(repeated), chain.Add(repeated) }.Select(block =>
        {
            search.Look(block);
            return search.Found!.Receipt.Outcome.Code;
        })];
        Assert.Equal(["unknown-sender", "unknown-sender", "", ""], codes);
        Assert.Equal(4ul, search.Found!.Block.Header.Height);
        Assert.Null(search.Found.Check(chain.Validators, chain.Genesis.Id));
    }

    [Fact]
    public void The_receipt_of_another_transaction_of_the_block_is_refused()
    {
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        VerifiedBlock block = chain.Add(alice.Build(chain.Now, TakeNote("one")), alice.Build(chain.Now, Words("token", "refuse-with", "two")));
        TransactionProof one = TransactionProof.Of(block, 0);
        TransactionProof two = TransactionProof.Of(block, 1);
        TransactionProof[] forged =
        [
            one with { Receipt = two.Receipt, ReceiptPath = two.ReceiptPath },
            one with { Receipt = two.Receipt },
            one with { Transaction = two.Transaction, TransactionPath = two.TransactionPath },
            one with { Transaction = two.Transaction },
            one with { Index = 1 },
            one with { Index = 2 },
            one with { Index = uint.MaxValue },
            one with { Receipt = one.Receipt with { Outcome = Outcome.Refused("no", "No.") } },
            one with { Receipt = one.Receipt with { Events = [] } },
            one with { ReceiptPath = [] },
            one with { TransactionPath = [.. one.TransactionPath, Hash.Zero] },
        ];
        Assert.All(forged, proof => Assert.NotNull(Handed(proof).Check(chain.Validators, chain.Genesis.Id)));
    }

    // Whoever checks a proof got it as a file.
    private static TransactionProof Handed(TransactionProof proof) => Assert.IsType<TransactionProof>(ProofFile.Decode(ProofFile.Encode(proof)));
}
