using Commonwatt.Ledger.Tests.Sample;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Execution;

public class TransactionTests
{
    private readonly Chain chain = new(Genesis());
    private readonly TransactionBuilder alice;
    private readonly TransactionBuilder bob;

    public TransactionTests()
    {
        alice = Builder(chain.Genesis, Alice);
        bob = Builder(chain.Genesis, Bob);
    }

    [Fact]
    public void The_calls_of_a_transaction_apply_together()
    {
        Receipt receipt = Assert.Single(chain.Add(alice.Build(Start, Transfer(Bob, 300), Transfer(Bob, 30), TakeNote("paid"))));
        Assert.True(receipt.Outcome.IsDone);
        Assert.Equal(670, Balance(Alice));
        Assert.Equal(1330, Balance(Bob));
        Assert.Equal("paid", Assert.Single(receipt.Events).As<Note>().Words);
    }

    [Fact]
    public void If_one_call_is_refused_none_applies_and_only_the_nonce_is_used()
    {
        Hash before = WithoutNonceOf(Alice);
        SignedTransaction transaction = alice.Build(Start, Transfer(Bob, 300), TakeNote("paid"), Remind(Start, "later"), Transfer(Bob, 701));
        Receipt receipt = Assert.Single(chain.Add(transaction));
        Assert.Equal("insufficient-funds", receipt.Outcome.Code);
        Assert.StartsWith("Call 4 of 4: ", receipt.Outcome.Sentence, StringComparison.Ordinal);
        Assert.Empty(receipt.Events);
        Assert.Equal(before, WithoutNonceOf(Alice));
        Assert.Equal("nonce-used", Assert.Single(chain.Add(transaction)).Outcome.Code);
    }

    [Theory]
    [InlineData("throw", "fault")]
    [InlineData("nowhere", "no-such-method")]
    public void A_call_that_fails_refuses_its_transaction_and_the_next_one_goes_on(string method, string code)
    {
        IReadOnlyList<Receipt> receipts = chain.Add(alice.Build(Start, TakeNote("first"), Words("token", method, "second")), bob.Build(Start, TakeNote("third")));
        Assert.Equal(code, receipts[0].Outcome.Code);
        Assert.DoesNotContain("second", receipts[0].Outcome.Sentence, StringComparison.Ordinal);
        Assert.Null(Token.NoteOf(chain.State, Alice.Address));
        Assert.Equal("third", Token.NoteOf(chain.State, Bob.Address));
    }

    [Fact]
    public void Each_way_to_fail_has_its_code()
    {
        Assert.Equal("overflow", Try(Units("overflow", 1)));
        Assert.Equal("fault", Try(TransactionBuilder.Call("token", "answer-nothing", new Empty())));
        Assert.Equal("malformed-arguments", Try(new Call { Contract = "token", Method = "note", Arguments = ByteString.CopyFrom(0xFF) }));
        Assert.Equal("malformed-arguments", Try(new Call { Contract = "token", Method = "note", Arguments = ByteString.CopyFrom(0x10, 0x01) }));
        Assert.Equal("no-such-contract", Try(Words("tokens", "note", "x")));
        Assert.Equal("no-such-method", Try(Words("reminder", "ring", "by hand")));
        Assert.Equal("no-such-method", Try(TransactionBuilder.Call("token", "issue", new Payment(Alice.Address, 5).ToArguments())));
        Assert.Equal(1000, Balance(Alice));
    }

    [Fact]
    public void Work_up_to_the_limit_is_done_and_beyond_it_refused()
    {
        Assert.Equal("", Try(Units("work", TransactionLimits.StateAccesses)));
        Assert.Equal("too-much-work", Try(Units("work", TransactionLimits.StateAccesses + 1)));
        Assert.Equal("too-much-work", Try(Units("work", TransactionLimits.StateAccesses / 2), Units("work", (TransactionLimits.StateAccesses / 2) + 1)));
        Assert.Equal("", Try(TransactionBuilder.Call("token", "list", new Empty())));
        Assert.Equal("too-much-work", Try(Units("work", TransactionLimits.StateAccesses - 3), TransactionBuilder.Call("token", "list", new Empty())));
    }

    [Fact]
    public void One_senders_work_in_a_block_ends_at_his_share_and_leaves_the_others_room()
    {
        int room = TransactionLimits.SenderStateAccesses / TransactionLimits.StateAccesses;
        SignedTransaction[] heavy = [.. Enumerable.Range(0, room + 2).Select(_ => alice.Build(Start, Units("work", TransactionLimits.StateAccesses)))];
        IReadOnlyList<Receipt> receipts = chain.Add([.. heavy, bob.Build(Start, TakeNote("bob's"))]);
        Assert.Equal([.. Enumerable.Repeat("", room), "block-full", "block-full", ""], receipts.Select(receipt => receipt.Outcome.Code));
        Assert.Equal(
            $"The transactions of {Alice.Address} before this one in the block made 500000 reads and writes, and none of one sender begins after 500000: it may come in a later block.",
            receipts[room].Outcome.Sentence);
        Assert.Empty(receipts[room].Events);

        // They used no nonce, so that the same transactions may come again.
        Assert.Equal(["", ""], chain.Add(heavy[^2..]).Select(receipt => receipt.Outcome.Code));
    }

    [Fact]
    public void The_work_of_all_in_a_block_ends_at_its_limit()
    {
        int room = TransactionLimits.SenderStateAccesses / TransactionLimits.StateAccesses;
        SigningKey[] friends = [SigningKey.FromSeed("carl"), SigningKey.FromSeed("dora"), SigningKey.FromSeed("emma")];
        chain.Add(alice.Build(Start, [.. friends.Select(friend => Transfer(friend, 1))]));
        TransactionBuilder[] senders = [alice, bob, .. friends.Select(friend => Builder(chain.Genesis, friend))];
        SignedTransaction[] heavy = [.. senders.SelectMany(sender => Enumerable.Range(0, room).Select(_ => sender.Build(Start, Units("work", TransactionLimits.StateAccesses))))];
        string[] codes = [.. chain.Add(heavy).Select(receipt => receipt.Outcome.Code)];
        Assert.Equal(TransactionLimits.BlockStateAccesses / TransactionLimits.StateAccesses, codes.Count(code => code.Length == 0));
        Assert.All(codes.SkipWhile(code => code.Length == 0), code => Assert.Equal("block-full", code));
        Assert.Contains("block-full", codes);
    }

    [Fact]
    public void What_a_refused_transaction_did_counts()
    {
        int room = TransactionLimits.SenderStateAccesses / TransactionLimits.StateAccesses;
        SignedTransaction[] heavy = [.. Enumerable.Range(0, room + 1).Select(_ => alice.Build(Start, Units("work", TransactionLimits.StateAccesses), Units("work", 1)))];
        Assert.Equal([.. Enumerable.Repeat("too-much-work", room), "block-full"], chain.Add(heavy).Select(receipt => receipt.Outcome.Code));
    }

    [Fact]
    public void Each_kibibyte_of_an_entry_is_one_more_read_or_write()
    {
        Call note = TakeNote(new string('x', 10 * TransactionLimits.BytesPerAccess));
        Assert.Equal("", Try(note, Units("work", TransactionLimits.StateAccesses - 11)));
        Assert.Equal("too-much-work", Try(note, Units("work", TransactionLimits.StateAccesses - 10)));
        Call read = TransactionBuilder.Call("token", "read-note", new Empty());
        Assert.Equal("", Try(read, Units("work", TransactionLimits.StateAccesses - 11)));
        Assert.Equal("too-much-work", Try(read, Units("work", TransactionLimits.StateAccesses - 10)));
    }

    [Fact]
    public void Money_that_is_made_stops_the_ledger_unless_its_call_is_refused()
    {
        Assert.Equal("changed-my-mind", Try(Units("mint-and-refuse", 5)));
        Assert.Equal("insufficient-funds", Try(Units("mint", 5), Transfer(Bob, 5000)));
        Assert.Equal("", Try(Units("mint", 0)));
        BrokenInvariantException broken = Assert.Throws<BrokenInvariantException>(() => chain.Add(alice.Build(Start, Units("mint", 5))));
        Assert.Contains("token.balances", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nonce_counts_only_when_it_is_greater_than_the_last()
    {
        SignedTransaction one = alice.Build(Start, TakeNote("one"));
        SignedTransaction two = alice.Build(Start, TakeNote("two"));
        SignedTransaction three = alice.Build(Start, TakeNote("three"));
        Assert.Equal(["", "nonce-used", "", "nonce-used"], chain.Add(two, one, three, three).Select(receipt => receipt.Outcome.Code));
        Assert.Equal("three", Token.NoteOf(chain.State, Alice.Address));
    }

    [Fact]
    public void A_transaction_counts_before_its_expiry_and_at_most_a_day_ahead()
    {
        Instant time = chain.Last.Time + TimeSpan.FromSeconds(1);
        Assert.Equal("", Expiring(time, TimeSpan.FromMilliseconds(1)));
        Assert.Equal("expired", Expiring(time, TimeSpan.Zero));
        Assert.Equal("", Expiring(time, TimeSpan.FromHours(24)));
        Assert.Equal("expires-too-late", Expiring(time, TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal("expires-too-late", Expiring(new Instant(0), TimeSpan.FromMilliseconds(253_402_300_799_999)));
        Assert.Equal("expired", Expiring(new Instant(0), TimeSpan.Zero));

        string Expiring(Instant from, TimeSpan after) => chain.Add(Proposer, time, Changed(body => body.ExpiresAtMs = (ulong)(from + after).UnixMilliseconds))[0].Outcome.Code;
    }

    [Fact]
    public void A_transaction_for_another_ledger_is_refused()
    {
        SignedTransaction transaction = Builder(Genesis(hasSignatures: true, Alice), Alice).Build(Start, TakeNote("hello"));
        Assert.Equal("wrong-ledger", chain.Add(transaction)[0].Outcome.Code);
    }

    [Fact]
    public void A_transaction_with_a_signature_of_somebody_else_is_refused()
    {
        TransactionBody body = Body(alice.Build(Start, TakeNote("hello")));
        Assert.Equal("bad-signature", chain.Add(SignedTransaction.Sign(body, Bob))[0].Outcome.Code);
        Assert.Equal("bad-signature", chain.Add(SignedTransaction.Unsigned(body))[0].Outcome.Code);
        Assert.Equal("", chain.Add(SignedTransaction.Sign(body, Alice))[0].Outcome.Code);
    }

    [Fact]
    public void A_stranger_is_refused_and_leaves_nothing_in_the_state()
    {
        int entries = chain.Last.State.Count;
        Assert.Equal("unknown-sender", chain.Add(Builder(chain.Genesis, Stranger).Build(Start, TakeNote("hello")))[0].Outcome.Code);
        Assert.Equal(entries + 1, chain.Last.State.Count);
    }

    [Fact]
    public void The_longest_names_and_sentences_make_a_receipt_that_can_be_written()
    {
        string longest = new('€', 21_000);
        Receipt[] receipts =
        [
            .. chain.Add(alice.Build(Start, Words(longest, "note", "x"))),
            .. chain.Add(alice.Build(Start, Words("token", longest, "x"))),
            .. chain.Add(alice.Build(Start, TakeNote("x"), Words("token", "refuse-with", longest))),
            .. chain.Add(alice.Build(Start, TakeNote("x"), Words("token", "refuse-with", "a" + string.Concat(Enumerable.Repeat("🔋", 10_000))))),
        ];
        foreach (Receipt receipt in receipts)
        {
            Assert.False(receipt.Outcome.IsDone);
            Assert.InRange(receipt.Outcome.Sentence.Length, Outcome.LongestSentence - 1, Outcome.LongestSentence);
            byte[] bytes = CanonicalWriter.Encode(receipt);
            Assert.Equal(receipt.Outcome.Sentence, CanonicalReader.Decode<Receipt>(bytes).Outcome.Sentence);
        }
    }

    private string Try(params Call[] calls) => chain.Add(alice.Build(Start, calls))[0].Outcome.Code;

    private long Balance(SigningKey key) => Token.BalanceOf(chain.State, key.Address).Units;

    private SignedTransaction Changed(Action<TransactionBody> change)
    {
        TransactionBody body = Body(alice.Build(Start, TakeNote("hello")));
        change(body);
        return SignedTransaction.Sign(body, Alice);
    }

    private static TransactionBody Body(SignedTransaction transaction) =>
        TransactionBody.Parser.ParseFrom(Transaction.Parser.ParseFrom(transaction.Bytes.Span).Body);

    // The root of the state without what every block changes: the nonce of the sender, and the proposer's clock.
    private Hash WithoutNonceOf(SigningKey sender)
    {
        var map = new MerkleMap();
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in chain.Last.State.Entries())
        {
            map.Put(MapLeaf.Of(key.Span, value.Span));
        }

        map.Remove(SystemTables.Nonces.StateKey(sender.Address));
        map.Remove(SystemTables.Proposers.StateKey(Proposer.Address));
        return map.Freeze().RootHash();
    }
}
