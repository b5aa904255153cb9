using Commonwatt.Ledger.Tests.Sample;
using Commonwatt.Ledger.Tests.Simulation;

namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

public sealed class ValidatorChangeLogTests : IDisposable
{
    private readonly VotingCommunity community = VotingCommunity.WithHistory();

    [Fact]
    public void Every_node_records_each_change_so_that_a_light_client_can_follow_it()
    {
        foreach (SimulatedDisk disk in community.Disks)
        {
            var client = new LightClient(community.Genesis.Id, community.Genesis.Validators);
            IReadOnlyList<StateProof> changes = ValidatorChangeLog.Read(disk);
            Assert.Equal([6ul, 15ul], changes.Select(change => change.Block.Header.Height));
            Assert.All(changes, change => Assert.Null(client.FollowChange(change)));
            var newest = CertifiedBlock.Decode(VotingCommunity.Records(disk)[^1]);
            Assert.Null(client.Follow(new CertifiedHeader(newest.Header, newest.Certificate)));
        }
    }

    [Fact]
    public void Where_the_validators_never_changed_there_is_no_file()
    {
        using var rig = new NodeRig();
        rig.Start();
        rig.Run(3, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        Assert.DoesNotContain(ValidatorChangeLog.FileName, rig.Disk.List());
        Assert.Empty(ValidatorChangeLog.Read(rig.Disk));
        Assert.Empty(rig.Node.ValidatorChanges);
    }

    [Fact]
    public void A_file_that_is_missing_harmed_or_cut_is_made_again_from_the_blocks()
    {
        SimulatedDisk disk = community.Disks[0];
        byte[] whole = disk.Contents(ValidatorChangeLog.FileName);
        disk.Delete(ValidatorChangeLog.FileName);
        RequireRepaired(disk, whole);
        for (int length = 0; length < whole.Length; length += 97)
        {
            disk.Replace(ValidatorChangeLog.FileName, whole.AsSpan(0, length));
            RequireRepaired(disk, whole);
            byte[] harmed = [.. whole];
            harmed[length] ^= 0x10;
            disk.Replace(ValidatorChangeLog.FileName, harmed);
            RequireRepaired(disk, whole);
        }
    }

    [Fact]
    public void A_change_that_the_ledger_file_does_not_hold_is_dropped()
    {
        SimulatedDisk disk = community.Disks[0];
        List<byte[]> records = VotingCommunity.Records(disk);
        disk.Delete(VotingCommunity.FileName);
        using (RecordLog log = RecordLog.Open(disk, VotingCommunity.FileName))
        {
            records.Take(12).ToList().ForEach(record => log.Append(record));
            log.Sync();
        }

        using LedgerNode node = LedgerNode.Open(community.Settings(disk));
        Assert.Equal(6ul, Assert.Single(node.ValidatorChanges).Block.Header.Height);
        Assert.Single(ValidatorChangeLog.Read(disk));
    }

    [Fact]
    public void A_crash_at_any_operation_loses_no_change()
    {
        LedgerGenesis genesis = SampleLedger.Genesis(hasSignatures: false);
        int operations = Run(genesis, new NodeRig(genesis));
        for (int crashAfter = 0; crashAfter < operations; crashAfter++)
        {
            var random = new Random(crashAfter);
            var rig = new NodeRig(genesis);
            rig.Disk.CutPowerAfter(crashAfter);
            Assert.NotNull(Record.Exception(() => Run(genesis, rig)));
            rig.Disk = random.Next(4) == 0 ? rig.Disk.AfterKill() : rig.Disk.AfterPowerCut(random);
            LedgerNode node = rig.Start();
            ulong[] expected = [.. VotingCommunityHeights(node, rig.Told)];
            Assert.Equal(expected, node.ValidatorChanges.Select(change => change.Block.Header.Height));
            Assert.Equal(expected, ValidatorChangeLog.Read(rig.Disk).Select(change => change.Block.Header.Height));
            rig.Stop();
        }
    }

    public void Dispose() => community.Dispose();

    // Changes in blocks 2 and 4, by the same validator: its power stays enough.
    private static int Run(LedgerGenesis genesis, NodeRig rig)
    {
        rig.Start(settings => settings with { SnapshotEvery = 2 });
        TransactionBuilder alice = SampleLedger.Builder(genesis, SampleLedger.Alice);
        for (int block = 1; block <= 5; block++)
        {
            rig.Clock.Now += TimeSpan.FromSeconds(1);
            rig.Node.Submit(alice.Build(rig.Clock.Now, block % 2 == 0 ? SampleLedger.SetValidators(SampleLedger.Proposer) : SampleLedger.TakeNote("note")));
            rig.Node.Propose();
            rig.Node.Advance();
        }

        int operations = rig.Disk.Operations;
        rig.Stop();
        return operations;
    }

    private static IEnumerable<ulong> VotingCommunityHeights(LedgerNode node, List<FinalBlock> told)
    {
        Assert.All(told, block => Assert.True(block.Header.Height <= node.Height));
        return new ulong[] { 2, 4 }.Where(height => height <= node.Height);
    }

    private void RequireRepaired(SimulatedDisk disk, byte[] whole)
    {
        using (LedgerNode node = LedgerNode.Open(community.Settings(disk)))
        {
            Assert.Equal(2, node.ValidatorChanges.Count);
        }

        Assert.Equal(whole.Length, disk.Contents(ValidatorChangeLog.FileName).Length);
        Assert.Equal(2, ValidatorChangeLog.Read(disk).Count);
    }
}
