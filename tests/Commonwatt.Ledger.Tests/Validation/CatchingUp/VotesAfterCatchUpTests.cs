using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Tests.Simulation;

namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

public sealed class VotesAfterCatchUpTests : IDisposable
{
    private readonly VotingCommunity community = VotingCommunity.WithHistory();

    private static SigningKey Validator => VotingCommunity.Keys[0];

    [Fact]
    public void A_validator_that_lost_its_folder_gets_the_blocks_and_does_not_sign()
    {
        var disk = new SimulatedDisk();
        Assert.Null(BlockImport.CatchUp(community.Settings(disk, Validator), new DiskSource(community.Disks[1])).Fault);
        Assert.False(VoteFile.Exists(disk));
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => LedgerNode.Open(community.Settings(disk, Validator)));
        Assert.StartsWith("votes.log is missing beside sample.ledger", refused.Message, StringComparison.Ordinal);
        using LedgerNode follower = LedgerNode.Open(community.Settings(disk));
        Assert.Equal(24ul, follower.Height);
    }

    [Fact]
    public void A_validator_that_never_signed_begins_its_file_of_votes_with_the_first_block_it_takes()
    {
        var disk = new SimulatedDisk();
        Assert.Null(BlockImport.CatchUp(community.Settings(disk, Validator) with { HasNeverSigned = true }, new DiskSource(community.Disks[1])).Fault);
        Assert.True(VoteFile.Exists(disk));
        using LedgerNode node = LedgerNode.Open(community.Settings(disk, Validator));
        Assert.Equal(24ul, node.Height);
    }

    [Fact]
    public void Where_blocks_are_already_there_the_word_of_the_operator_begins_no_file_of_votes()
    {
        var disk = new SimulatedDisk();
        var source = new DiskSource(community.Disks[1]) { AlterBlocks = blocks => blocks.Take(9) };
        Assert.Equal(9ul, BlockImport.CatchUp(community.Settings(disk, Validator), source, limits: new CatchUpLimits { SnapshotAbove = 100 }).Height);
        Assert.Null(BlockImport.CatchUp(community.Settings(disk, Validator) with { HasNeverSigned = true }, new DiskSource(community.Disks[1])).Fault);
        Assert.False(VoteFile.Exists(disk));
    }

    [Fact]
    public void A_file_of_votes_that_is_there_is_kept_as_it_is()
    {
        SimulatedDisk disk = community.Disks[0];
        byte[] votes = disk.Contents(VoteFile.Name);
        disk.Delete(VotingCommunity.FileName);
        Assert.Null(BlockImport.CatchUp(community.Settings(disk, Validator) with { HasNeverSigned = true }, new DiskSource(community.Disks[1])).Fault);
        Assert.Equal(votes, disk.Contents(VoteFile.Name));
        using LedgerNode node = LedgerNode.Open(community.Settings(disk, Validator));
        Assert.Equal(24ul, node.Height);
    }

    [Fact]
    public void A_follower_gets_no_file_of_votes()
    {
        var disk = new SimulatedDisk();
        Assert.Null(BlockImport.CatchUp(community.Settings(disk) with { HasNeverSigned = true }, new DiskSource(community.Disks[1])).Fault);
        Assert.False(VoteFile.Exists(disk));
    }

    public void Dispose() => community.Dispose();
}
