using Commonwatt.Ledger.Tests.Sample;
using Google.Protobuf;

namespace Commonwatt.Ledger.Tests.Validation;

public class NodeTests
{
    [Fact]
    public void A_transaction_becomes_final_in_a_block()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        Assert.Null(node.Recovery);
        rig.Run(1, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        Assert.Equal([0ul, 1ul], rig.Told.Select(block => block.Header.Height));
        Assert.Equal("note 0", SampleLedger.Token.NoteOf(new StateView(node.State), SampleLedger.Alice.Address));
        Assert.Equal(node.Tip.StateRoot, node.State.RootHash());
        Assert.Equal(rig.Clock.Now, node.Time);
    }

    [Fact]
    public void What_cannot_count_is_not_taken_in()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        SignedTransaction transaction = alice.Build(rig.Clock.Now, SampleLedger.TakeNote("x"));
        Assert.True(node.Submit(transaction).IsDone);
        Assert.Equal("nonce-used", node.Submit(transaction).Code);
        Assert.Equal("unknown-sender", node.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Stranger).Build(rig.Clock.Now, SampleLedger.TakeNote("x"))).Code);
        Assert.Equal("expired", node.Submit(alice.Build(rig.Clock.Now - TimeSpan.FromDays(1), SampleLedger.TakeNote("x"))).Code);
        Assert.Equal("bad-signature", node.Submit(Unsigned(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("x")))).Code);
    }

    [Fact]
    public void What_a_block_has_no_room_for_comes_in_a_later_one_in_the_senders_order()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        for (int sent = 0; sent < 60; sent++)
        {
            Assert.True(node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"note {sent}"), SampleLedger.Units("work", TransactionLimits.StateAccesses - 10))).IsDone);
        }

        while (node.Propose())
        {
            while (node.Advance())
            {
                rig.Clock.Now += TimeSpan.FromSeconds(1);
            }
        }

        string[][] codes = [.. rig.Told.Skip(1).Select(block => block.Executed.Receipts.Select(receipt => receipt.Outcome.Code).ToArray())];
        Assert.Equal([60, 34, 8], codes.Select(block => block.Length));
        Assert.Equal([26, 26, 8], codes.Select(block => block.Count(code => code.Length == 0)));
        Assert.Equal("note 59", SampleLedger.Token.NoteOf(new StateView(node.State), SampleLedger.Alice.Address));
        rig.Stop();
        Assert.True(rig.Verify().IsRight);
    }

    [Fact]
    public void What_one_sender_has_no_room_for_does_not_hold_up_the_others()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        string words = new('x', 20_000);
        const int sent = 312;
        for (int index = 0; index < sent; index++)
        {
            Assert.True(node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote(words), SampleLedger.Units("work", TransactionLimits.StateAccesses - 100))).IsDone);
        }

        Assert.True(node.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Bob).Build(rig.Clock.Now, SampleLedger.TakeNote("bob's"))).IsDone);
        int turns = 0;
        while (turns < 200 && node.Propose())
        {
            turns++;
            while (node.Advance())
            {
                rig.Clock.Now += TimeSpan.FromSeconds(1);
            }
        }

        // All that waited before his fill six batches, and every one of them is done in the end, in its order.
        string[][] codes = [.. rig.Told.Skip(1).Select(block => block.Executed.Receipts.Select(receipt => receipt.Outcome.Code).ToArray())];
        Assert.InRange(rig.Told.ToList().FindIndex(block => block.Transactions.Any(transaction => transaction.Sender == SampleLedger.Bob.Address)), 1, 6);
        Assert.Equal(sent + 1, codes.Sum(block => block.Count(code => code.Length == 0)));
        Assert.All(codes.SelectMany(block => block), code => Assert.Contains(code, (string[])["", "block-full"]));
        rig.Stop();
    }

    [Fact]
    public void One_sender_may_have_a_share_of_what_waits_and_no_more()
    {
        using var rig = new NodeRig();
        LedgerNode node = rig.Start();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        string words = new('x', 60_000);
        int taken = 0;
        Outcome last = Outcome.Done;
        while (last.IsDone && taken < 1000)
        {
            last = node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote(words)));
            taken += last.IsDone ? 1 : 0;
        }

        Assert.Equal("too-many-waiting", last.Code);
        Assert.InRange(taken, 270, 290);
        Assert.True(node.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Bob).Build(rig.Clock.Now, SampleLedger.TakeNote("bob's"))).IsDone);
        Assert.True(node.Propose());
        Assert.True(node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("again"))).IsDone);
    }

    [Fact]
    public void What_strangers_send_is_refused_before_its_signature_is_checked()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        SignedTransaction withoutSignature = Unsigned(SampleLedger.Builder(rig.Genesis, SampleLedger.Stranger).Build(rig.Clock.Now, SampleLedger.TakeNote("x")));
        Assert.Equal("unknown-sender", node.Submit(withoutSignature).Code);
    }

    [Fact]
    public void Whether_a_strangers_key_is_one_is_not_even_asked()
    {
        using var rig = new NodeRig(SampleLedger.Genesis());
        LedgerNode node = rig.Start();
        byte[] noKey = [2, .. Enumerable.Repeat((byte)0xFF, PublicKey.Size - 1)];
        Transaction sent = Transaction.Parser.ParseFrom(SampleLedger.Builder(rig.Genesis, SampleLedger.Stranger).Build(rig.Clock.Now, SampleLedger.TakeNote("x")).Bytes.Span);
        TransactionBody body = TransactionBody.Parser.ParseFrom(sent.Body);
        body.Sender = ByteString.CopyFrom(Hash.Of(noKey).ToArray().AsSpan(0, Address.Size));
        (sent.Body, sent.PublicKey) = (body.ToByteString(), ByteString.CopyFrom(noKey));
        var transaction = SignedTransaction.Decode(sent.ToByteArray());
        Assert.Equal("unknown-sender", node.Submit(transaction).Code);
        Assert.False(transaction.IsSignatureValid());
    }

    [Fact]
    public void A_node_whose_key_is_no_validators_any_more_publishes_nothing_and_says_so()
    {
        using var rig = new NodeRig();
        LedgerNode node = rig.Start();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        foreach (Call call in (Call[])[SampleLedger.SetValidators(SampleLedger.Bob), SampleLedger.TakeNote("one block later")])
        {
            Assert.True(node.Submit(alice.Build(rig.Clock.Now, call)).IsDone);
            Assert.True(node.Propose());
            Assert.True(node.Advance());
        }

        Assert.Equal("not-validator", node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("too late"))).Code);
        Assert.False(node.Propose());
        Assert.False(node.Advance());
        Assert.Equal(2ul, node.Tip.Height);
    }

    [Fact]
    public void An_empty_batch_is_published_only_when_scheduled_work_is_due()
    {
        using var rig = new NodeRig();
        LedgerNode node = rig.Start();
        Assert.False(node.Propose());
        node.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.Remind(rig.Clock.Now + TimeSpan.FromSeconds(10), "tea")));
        Assert.True(node.Propose());
        Assert.True(node.Advance());
        Assert.False(node.Propose());
        rig.Clock.Now += TimeSpan.FromSeconds(10);
        Assert.True(node.Propose());
        Assert.True(node.Advance());
        Assert.Equal(["tea"], SampleLedger.Reminder.Rung(new StateView(node.State)));
        Assert.Null(node.NextDue);
    }

    [Fact]
    public void Released_batches_make_room_and_the_node_goes_on()
    {
        using var rig = new NodeRig();
        using LocalOrderer orderer = LocalOrderer.Open(rig.Disk, reserve: 100, releaseAbove: 1500);
        rig.Start(settings => settings with { Orderer = orderer });
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        long largest = 0;
        for (int block = 0; block < 30; block++)
        {
            rig.Run(1, alice);
            largest = long.Max(largest, rig.Disk.Contents("batches.log").Length);
        }

        Assert.Equal(30ul, rig.Node.Height);
        Assert.InRange(largest, 400, 2000);
    }

    [Fact]
    public void Batches_are_released_only_when_their_blocks_are_durable()
    {
        var told = new List<FinalBlock>();
        var orderer = new WatchedOrderer(position => Assert.InRange(position, 0, told.Count - 1));
        using var rig = new NodeRig();
        rig.Start(settings => settings with { SealsInBackground = true, Orderer = orderer, OnFinal = told.Add }, inMemory: true);
        rig.Run(900, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Node.Drain();
        Assert.False(rig.Node.Advance());
        Assert.InRange(orderer.Releases, 1, 901);
    }

    [Fact]
    public void A_build_without_the_next_rules_stops_at_their_height_and_says_so()
    {
        using var rig = new NodeRig();
        rig.Start(settings => settings with { Catalog = SampleLedger.Catalog(isOld: true) });
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        rig.Node.Submit(alice.Build(rig.Clock.Now, SampleLedger.SetRules(2)));
        rig.Node.Propose();
        rig.Node.Advance();
        BrokenInvariantException refused = Assert.Throws<BrokenInvariantException>(() => rig.Node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("x"))));
        Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1ul, rig.Node.Height);
        rig.Stop();
        rig.Start();
        rig.Run(1, SampleLedger.Builder(rig.Genesis, SampleLedger.Bob));
        Assert.Equal(2ul, rig.Node.Height);
    }

    [Fact]
    public void A_node_without_two_thirds_of_the_power_makes_no_block_final()
    {
        var several = new NodeRig(SampleLedger.Genesis(hasSignatures: false, SampleLedger.Proposer, SampleLedger.Alice));
        BrokenInvariantException refused = Assert.Throws<BrokenInvariantException>(() => several.Start());
        Assert.Contains("two thirds", refused.Message, StringComparison.Ordinal);
        Assert.Empty(several.Told);

        var rig = new NodeRig();
        rig.Start();
        TransactionBuilder bob = SampleLedger.Builder(rig.Genesis, SampleLedger.Bob);
        rig.Node.Submit(bob.Build(rig.Clock.Now, SampleLedger.SetValidators(SampleLedger.Proposer, SampleLedger.Alice)));
        rig.Node.Propose();
        rig.Node.Advance();
        rig.Run(1, bob);
        Assert.Throws<BrokenInvariantException>(() => rig.Run(1, bob));
        Assert.Equal(2ul, rig.Told[^1].Header.Height);
        Assert.Equal(3, rig.Verify().Blocks);
    }

    [Fact]
    public void Sealing_in_the_background_gives_the_same_headers()
    {
        LedgerGenesis genesis = SampleLedger.Genesis(hasSignatures: false);
        var headers = new List<List<BlockHeader>>();
        foreach (bool inBackground in (bool[])[false, true])
        {
            using var rig = new NodeRig(genesis);
            rig.Start(settings => settings with { SealsInBackground = inBackground, SnapshotEvery = 7 }, inMemory: true);
            TransactionBuilder alice = SampleLedger.Builder(genesis, SampleLedger.Alice);
            for (int block = 0; block < 100; block++)
            {
                rig.Clock.Now += TimeSpan.FromSeconds(1);
                rig.Node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"{block}")));
                rig.Node.Propose();
                rig.Node.Advance();
            }

            rig.Node.Drain();
            headers.Add([.. rig.Told.Select(block => block.Header)]);
            Assert.Equal(rig.Node.Tip, headers[^1][^1]);
            Assert.True(rig.Verify().IsRight);
        }

        Assert.Equal(101, headers[0].Count);
        Assert.Equal(headers[0], headers[1]);
    }

    private static SignedTransaction Unsigned(SignedTransaction transaction) =>
        SignedTransaction.Unsigned(TransactionBody.Parser.ParseFrom(Transaction.Parser.ParseFrom(transaction.Bytes.Span).Body));

    private sealed class WatchedOrderer(Action<long> onRelease) : IOrderer
    {
        private readonly MemoryOrderer orderer = new();

        public int Releases { get; private set; }

        public void Publish(SignedBatch batch) => orderer.Publish(batch);

        public ReadOnlyMemory<byte>? Read(ulong position) => orderer.Read(position);

        public void Release(ulong position)
        {
            Releases++;
            onRelease((long)position);
            orderer.Release(position);
        }
    }
}
