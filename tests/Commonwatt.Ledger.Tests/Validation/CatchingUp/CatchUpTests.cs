using Commonwatt.Ledger.Tests.Sample;
using Commonwatt.Ledger.Tests.Simulation;

namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

public sealed class CatchUpTests : IDisposable
{
    private static readonly CatchUpLimits BySnapshot = new() { SnapshotAbove = 5 };
    private static readonly CatchUpLimits ByExecuting = new() { SnapshotAbove = ulong.MaxValue };

    private readonly VotingCommunity community = VotingCommunity.WithHistory();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_new_node_has_every_block_of_the_source_and_its_state(bool bySnapshot)
    {
        var disk = new SimulatedDisk();
        CatchUpReport report = CatchUp(disk, new DiskSource(community.Disks[0]), bySnapshot ? BySnapshot : ByExecuting);
        Assert.Equal(new CatchUpReport(Before: null, 24, bySnapshot ? 20ul : null, bySnapshot ? 4ul : 24ul, Fault: null), report);
        Assert.True(report.IsComplete);
        Assert.Equal(25ul, report.TakenBlocks);
        RequireSame(disk);
        using LedgerNode node = LedgerNode.Open(community.Settings(disk));
        Assert.Equal(bySnapshot ? 20ul : null, node.Recovery!.SnapshotHeight);
        Assert.Equal(community.Nodes[0].State.RootHash(), node.State.RootHash());
        Assert.Equal(2, node.ValidatorChanges.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Signed_transactions_are_checked_on_several_threads(bool bySnapshot)
    {
        using VotingCommunity signed = VotingCommunity.WithHistory(hasSignatures: true);
        var disk = new SimulatedDisk();
        CatchUpReport report = BlockImport.CatchUp(signed.Settings(disk) with { SignatureThreads = 4 }, new DiskSource(signed.Disks[0]), limits: bySnapshot ? BySnapshot : ByExecuting);
        Assert.Null(report.Fault);
        Assert.Equal(VotingCommunity.Records(signed.Disks[0]), VotingCommunity.Records(disk));
        Assert.True(LedgerVerifier.Verify(disk, VotingCommunity.FileName, SampleLedger.Catalog()).IsRight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_node_that_caught_up_serves_the_next_one(bool bySnapshot)
    {
        var second = new SimulatedDisk();
        var third = new SimulatedDisk();
        CatchUp(second, new DiskSource(community.Disks[0]), bySnapshot ? BySnapshot : ByExecuting);
        Assert.Null(CatchUp(third, new DiskSource(second), bySnapshot ? BySnapshot : ByExecuting).Fault);
        RequireSame(third);
        Assert.Equal(2, ValidatorChangeLog.Read(third).Count);
    }

    [Fact]
    public void A_node_that_was_away_takes_what_it_lacks_and_no_more()
    {
        for (int had = 1; had <= 25; had++)
        {
            foreach (CatchUpLimits limits in (CatchUpLimits[])[BySnapshot, ByExecuting])
            {
                SimulatedDisk disk = DiskWith(had);
                CatchUpReport report = CatchUp(disk, new DiskSource(community.Disks[0]), limits);
                Assert.Null(report.Fault);
                Assert.Equal((ulong)had - 1, report.Before);
                Assert.Equal((ulong)(25 - had), report.TakenBlocks);
                RequireSame(disk);
            }
        }
    }

    [Fact]
    public void A_file_whose_end_was_torn_is_made_whole_from_another_node()
    {
        byte[] whole = Contents(community.Disks[1]);
        var random = new Random(7);
        for (int run = 0; run < 60; run++)
        {
            var disk = new SimulatedDisk();
            disk.Replace(VotingCommunity.FileName, whole.AsSpan(0, random.Next(whole.Length + 1)));
            Assert.Null(CatchUp(disk, new DiskSource(community.Disks[0]), run % 2 == 0 ? BySnapshot : ByExecuting).Fault);
            Assert.Equal(Headers(community.Disks[0]), Headers(disk));
        }
    }

    [Fact]
    public void A_crash_at_any_operation_loses_nothing_and_the_next_try_gives_the_same_file()
    {
        foreach (CatchUpLimits usual in (CatchUpLimits[])[BySnapshot, ByExecuting])
        {
            CatchUpLimits limits = usual with { SyncEvery = 2000 };
            int operations = 0;
            for (int crashAfter = 0; crashAfter == 0 || crashAfter < operations; crashAfter++)
            {
                var random = new Random(crashAfter);
                var disk = new SimulatedDisk();
                if (crashAfter == 0)
                {
                    CatchUp(disk, new DiskSource(community.Disks[0]), limits, snapshotEvery: 7);
                    operations = disk.Operations;
                    disk = new SimulatedDisk();
                }

                disk.CutPowerAfter(crashAfter);
                Assert.ThrowsAny<IOException>(() => CatchUp(disk, new DiskSource(community.Disks[0]), limits, snapshotEvery: 7));
                disk = random.Next(4) == 0 ? disk.AfterKill() : disk.AfterPowerCut(random);
                CatchUpReport report = CatchUp(disk, new DiskSource(community.Disks[0]), limits, snapshotEvery: 7);
                Assert.True(report.IsComplete, $"crash after {crashAfter}: {report.Fault}");
                RequireSame(disk);
                using LedgerNode node = LedgerNode.Open(community.Settings(disk));
                Assert.Equal(2, node.ValidatorChanges.Count);
                Assert.Equal(community.Nodes[0].State.RootHash(), node.State.RootHash());
            }
        }
    }

    [Fact]
    public void A_source_with_nothing_more_changes_nothing()
    {
        SimulatedDisk disk = DiskWith(25);
        byte[] before = Contents(disk);
        Assert.Equal(new CatchUpReport(24, 24, SnapshotHeight: null, 0, Fault: null), CatchUp(disk, new DiskSource(DiskWith(12)), BySnapshot));
        Assert.Equal(before, Contents(disk));
    }

    [Fact]
    public void Trusted_validators_of_today_must_have_signed_the_newest_block()
    {
        ValidatorSet today = SampleLedger.Validators(VotingCommunity.Keys[0], VotingCommunity.Keys[2], VotingCommunity.Keys[3], VotingCommunity.Keys[4]);
        var disk = new SimulatedDisk();
        CatchUpReport refused = BlockImport.CatchUp(community.Settings(disk), new DiskSource(community.Disks[0]), new TrustedValidators(community.Genesis.Id, community.Genesis.Validators));
        Assert.StartsWith("The source's newest block, 24, is not one of the trusted validators.", refused.Fault, StringComparison.Ordinal);
        Assert.Null(refused.Height);
        Assert.Null(BlockImport.CatchUp(community.Settings(disk), new DiskSource(community.Disks[0]), new TrustedValidators(community.Genesis.Id, today)).Fault);
        Assert.Throws<ArgumentException>(() => BlockImport.CatchUp(community.Settings(disk), new DiskSource(community.Disks[0]), new TrustedValidators(Hash.Zero, today)));
    }

    [Fact]
    public void A_history_that_validators_who_left_forged_does_not_lead_to_the_block_of_those_of_today()
    {
        using var forged = new VotingCommunity();
        forged.Run(26);
        forged.Stop();
        List<byte[]> history = VotingCommunity.Records(forged.Disks[0]);
        ValidatorSet today = SampleLedger.Validators(VotingCommunity.Keys[0], VotingCommunity.Keys[2], VotingCommunity.Keys[3], VotingCommunity.Keys[4]);
        var source = new DiskSource(community.Disks[0])
        {
            AlterBlocks = blocks => blocks.Count() == 1 ? blocks : history.Skip(25 - blocks.Count()).Select(record => new ReadOnlyMemory<byte>(record)),
        };
        CatchUpReport report = BlockImport.CatchUp(community.Settings(new SimulatedDisk()), source, new TrustedValidators(community.Genesis.Id, today));
        Assert.Equal(23ul, report.Height);
        Assert.StartsWith("The blocks of the source do not lead to the block 24", report.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_this_build_lacks_are_a_reason_to_stop_before_them()
    {
        using var ahead = new VotingCommunity();
        ahead.Run(2);
        ahead.Add(0, SampleLedger.SetRules(6));
        ahead.Run(4);
        ahead.Stop();
        CatchUpReport report = BlockImport.CatchUp(ahead.Settings(new SimulatedDisk()) with { Catalog = SampleLedger.Catalog(isOld: true) }, new DiskSource(ahead.Disks[0]));
        Assert.Equal(5ul, report.Height);
        Assert.Contains("version 2 of the rules", report.Fault, StringComparison.Ordinal);
    }

    public void Dispose() => community.Dispose();

    private CatchUpReport CatchUp(SimulatedDisk disk, IBlockSource source, CatchUpLimits limits, int snapshotEvery = 0) =>
        BlockImport.CatchUp(community.Settings(disk) with { SnapshotEvery = snapshotEvery }, source, limits: limits);

    // The files of a node that went when it had so many blocks, without what it could do without.
    private SimulatedDisk DiskWith(int blocks)
    {
        var disk = new SimulatedDisk();
        using RecordLog log = RecordLog.Open(disk, VotingCommunity.FileName);
        foreach (byte[] record in VotingCommunity.Records(community.Disks[0]).Take(blocks))
        {
            log.Append(record);
            log.Sync();
        }

        return disk;
    }

    private void RequireSame(SimulatedDisk disk)
    {
        Assert.Equal(VotingCommunity.Records(community.Disks[0]), VotingCommunity.Records(disk));
        VerificationReport report = LedgerVerifier.Verify(disk, VotingCommunity.FileName, SampleLedger.Catalog());
        Assert.True(report.IsRight, report.Fault);
        Assert.DoesNotContain(disk.List(), name => name == SnapshotDownload.Part);
    }

    private static byte[] Contents(SimulatedDisk disk) => disk.Contents(VotingCommunity.FileName);

    private static IEnumerable<BlockHeader> Headers(SimulatedDisk disk) => VotingCommunity.Records(disk).Select(record => CertifiedBlock.Decode(record).Header);
}
