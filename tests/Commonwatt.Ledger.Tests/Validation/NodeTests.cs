using Commonwatt.Ledger.Tests.Sample;
using Commonwatt.Ledger.Tests.Simulation;

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
    public void A_node_started_from_a_snapshot_equals_one_that_executed_everything()
    {
        using var rig = new NodeRig();
        rig.Start(settings => settings with { SnapshotEvery = 4 });
        rig.Run(10, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Stop();
        LedgerNode fromSnapshot = rig.Start();
        BlockHeader tip = fromSnapshot.Tip;
        Assert.Equal(8ul, fromSnapshot.Recovery!.SnapshotHeight);
        Assert.Equal(2ul, fromSnapshot.Recovery.ReplayedBlocks);
        Assert.Equal("Recovered height 10 from the snapshot at height 8 and 2 blocks after it.", fromSnapshot.Recovery.ToString());
        rig.Stop();
        DeleteSnapshots(rig.Disk);
        LedgerNode fromGenesis = rig.Start();
        Assert.Equal(tip, fromGenesis.Tip);
        Assert.Equal(tip.StateRoot, fromGenesis.State.RootHash());
        Assert.Equal(10ul, fromGenesis.Recovery!.ReplayedBlocks);
    }

    [Fact]
    public void A_harmed_snapshot_is_not_used_and_left_as_it_is()
    {
        using var rig = new NodeRig();
        rig.Start(settings => settings with { SnapshotEvery = 5 });
        rig.Run(5, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        Hash root = rig.Node.State.RootHash();
        rig.Stop();
        string name = Assert.Single(rig.Disk.List(), name => name.EndsWith(".snapshot", StringComparison.Ordinal));
        byte[] good = rig.Disk.Contents(name);
        for (int place = 0; place < good.Length; place += 7)
        {
            byte[] harmed = [.. good];
            harmed[place] ^= 0x40;
            rig.Disk.Replace(name, harmed);
            LedgerNode node = rig.Start();
            Assert.Null(node.Recovery!.SnapshotHeight);
            Assert.Equal(root, node.State.RootHash());
            Assert.Equal(harmed, rig.Disk.Contents(name));
            rig.Stop();
        }

        rig.Disk.Replace(name, good);
        Assert.Equal(5ul, rig.Start().Recovery!.SnapshotHeight);
    }

    [Fact]
    public void Two_snapshots_are_kept_and_what_was_left_unfinished_is_removed()
    {
        using var rig = new NodeRig();
        rig.Start(settings => settings with { SnapshotEvery = 1 });
        rig.Disk.Open("00000000000000000001.snapshot.part").Dispose();
        rig.Run(5, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        Assert.Equal(
            ["00000000000000000004.snapshot", "00000000000000000005.snapshot"],
            rig.Disk.List().Where(name => name.Contains("snapshot", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_failing_or_full_disk_stops_the_node_and_nothing_that_was_told_is_lost()
    {
        foreach (bool inBackground in (bool[])[false, true])
        {
            for (int failAfter = 0; failAfter < 25; failAfter++)
            {
                var rig = new NodeRig();
                rig.Start(settings => settings with { SealsInBackground = inBackground });
                TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
                rig.Run(2, alice);
                rig.Node.Drain();
                rig.Disk.FailAfter(failAfter, () => new IOException("No space is left on the device."));
                Assert.NotNull(Record.Exception(() =>
                {
                    rig.Run(20, alice);
                    rig.Node.Drain();
                }));
                NodeStoppedException stopped = Assert.Throws<NodeStoppedException>(() => rig.Node.Propose());
                Assert.Contains("No space is left on the device.", stopped.Message, StringComparison.Ordinal);
                Assert.Throws<NodeStoppedException>(() => rig.Node.Advance());
                Assert.Throws<NodeStoppedException>(() => rig.Node.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("x"))));
                rig.Node.Dispose();

                FinalBlock[] told = [.. rig.Told];
                rig.Disk = rig.Disk.AfterPowerCut(new Random(failAfter));
                rig.Start();
                Assert.True(rig.Node.Height >= told[^1].Header.Height);
                Assert.True(rig.Verify().IsRight, rig.Verify().Fault);
                Assert.Equal(told.Select(block => block.Header), Headers(rig.Disk).Take(told.Length));
                rig.Stop();
            }
        }
    }

    [Fact]
    public void A_published_batch_outlives_a_crash_and_is_executed_at_the_next_start()
    {
        using var rig = new NodeRig();
        rig.Start();
        SignedTransaction transaction = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("still here"));
        rig.Node.Submit(transaction);
        rig.Node.Propose();
        for (int seed = 0; seed < 20; seed++)
        {
            using var again = new NodeRig { Disk = rig.Disk.AfterPowerCut(new Random(seed)) };
            again.Start();
            Assert.Equal(transaction.Id, Assert.Single(again.Told[^1].Transactions).Id);
        }
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
    public void A_ledger_of_another_genesis_is_not_opened()
    {
        using var rig = new NodeRig();
        rig.Start();
        rig.Stop();
        var other = new NodeRig(SampleLedger.Genesis()) { Disk = rig.Disk };
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => other.Start());
        Assert.Contains(rig.Genesis.Id.ToString(), refused.Message, StringComparison.Ordinal);
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

    private static void DeleteSnapshots(SimulatedDisk disk)
    {
        foreach (string name in disk.List().Where(name => name.EndsWith(".snapshot", StringComparison.Ordinal)))
        {
            disk.Delete(name);
        }
    }

    private static List<BlockHeader> Headers(SimulatedDisk disk)
    {
        var headers = new List<BlockHeader>();
        using IDiskFile file = disk.Open(NodeRig.FileName);
        RecordScan.Run(file, NodeRig.FileName, (_, record) => headers.Add(CertifiedBlock.Decode(record.Span).Header));
        return headers;
    }
}
