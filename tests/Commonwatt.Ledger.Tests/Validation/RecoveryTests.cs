using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Validation;

public class RecoveryTests
{
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
    public void A_torn_last_block_is_cut_off_and_the_start_says_so_and_makes_it_again_from_its_batch()
    {
        using var rig = new NodeRig();
        rig.Start();
        rig.Run(3, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        BlockHeader tip = rig.Node.Tip;
        rig.Stop();
        rig.Disk.Replace(NodeRig.FileName, rig.Disk.Contents(NodeRig.FileName)[..^5]);
        LedgerNode node = rig.Start();
        Assert.Equal(2ul, node.Recovery!.Height);
        Assert.Matches("^Recovered height 2 from the genesis and 2 blocks after it; [0-9]+ bytes of a write that was cut short, and never acknowledged, were cut off[.]$", node.Recovery.ToString());
        Assert.Equal(tip, node.Tip);
    }

    [Fact]
    public void A_ledger_with_a_harmed_block_is_not_opened_and_not_changed()
    {
        using var rig = new NodeRig();
        rig.Start();
        rig.Run(3, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Stop();
        byte[] harmed = rig.Disk.Contents(NodeRig.FileName);
        harmed[harmed.Length / 2] ^= 1;
        rig.Disk.Replace(NodeRig.FileName, harmed);
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => rig.Start());
        Assert.Contains("sample.ledger is damaged at byte", refused.Message, StringComparison.Ordinal);
        Assert.Equal(harmed, rig.Disk.Contents(NodeRig.FileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_block_that_the_validator_did_not_sign_is_not_built_on(bool atSnapshot)
    {
        using var rig = new NodeRig();
        rig.Start(settings => settings with { SnapshotEvery = atSnapshot ? 3 : 0 });
        rig.Run(3, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Stop();
        CertifiedBlock[] blocks = [.. Blocks(rig.Disk)];
        byte[] strangers = SampleLedger.Stranger.Sign(blocks[3].Header.SigningDigest());
        blocks[3] = blocks[3] with { Certificate = BlockCertificate.Of([(SampleLedger.Proposer.Address, strangers)]) };
        Rewrite(rig.Disk, blocks);
        byte[] forged = rig.Disk.Contents(NodeRig.FileName);
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => rig.Start());
        Assert.StartsWith("sample.ledger: block 3 is not certified.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(forged, rig.Disk.Contents(NodeRig.FileName));
    }

    [Fact]
    public void A_batch_that_no_validator_signed_is_not_executed_again()
    {
        using var rig = new NodeRig();
        rig.Start();
        rig.Run(2, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Stop();
        CertifiedBlock[] blocks = [.. Blocks(rig.Disk)];
        SignedBatch batch = SignedBatch.Decode(blocks[2].Content.Span);
        SignedBatch forged = SignedBatch.Sign(batch.LedgerId, batch.Number, batch.Time, batch.Transactions, SampleLedger.Stranger);
        blocks[2] = blocks[2] with { Content = forged.Bytes };
        Rewrite(rig.Disk, blocks);
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => rig.Start());
        Assert.StartsWith("sample.ledger: the batch of block 2 is not signed by a validator", refused.Message, StringComparison.Ordinal);
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

    private static void DeleteSnapshots(SimulatedDisk disk)
    {
        foreach (string name in disk.List().Where(name => name.EndsWith(".snapshot", StringComparison.Ordinal)))
        {
            disk.Delete(name);
        }
    }

    private static List<BlockHeader> Headers(SimulatedDisk disk) => Blocks(disk).ConvertAll(block => block.Header);

    private static List<CertifiedBlock> Blocks(SimulatedDisk disk)
    {
        var blocks = new List<CertifiedBlock>();
        using IDiskFile file = disk.Open(NodeRig.FileName);
        RecordScan.Run(file, NodeRig.FileName, (_, record) => blocks.Add(CertifiedBlock.Decode(record.Span)));
        return blocks;
    }

    private static void Rewrite(SimulatedDisk disk, IEnumerable<CertifiedBlock> blocks)
    {
        disk.Delete(NodeRig.FileName);
        using RecordLog log = RecordLog.Open(disk, NodeRig.FileName);
        foreach (CertifiedBlock block in blocks)
        {
            log.Append(block.ToArray());
            log.Sync();
        }
    }
}
