using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Finality;

public class VotedBlocksTests
{
    private static readonly Chain Blocks = Sample();

    [Fact]
    public void What_a_validator_signed_above_a_height_is_found_without_a_gap()
    {
        var disk = new SimulatedDisk();
        using (var file = VoteFile.Begin(disk, reserve: 1000, lowest: 0))
        {
            foreach (ulong height in (ulong[])[3, 4, 6])
            {
                file.Cast(Header(height), new byte[] { (byte)height }, SampleLedger.Proposer);
            }

            file.Adopt(Vote.Sign(Header(5), SampleLedger.Proposer));
            file.Sync();
        }

        Assert.Equal([3, 4], VotedBlocks.OfValidator(disk, from: 3).Select(block => (int)block.Header.Height));
        Assert.Equal([4], VotedBlocks.OfValidator(disk, from: 4).Select(block => (int)block.Header.Height));
        Assert.Empty(VotedBlocks.OfValidator(disk, from: 7));
        Assert.Empty(VotedBlocks.OfValidator(new SimulatedDisk(), from: 0));
    }

    [Fact]
    public void A_file_of_them_comes_back_as_it_was_written_and_is_refused_where_it_was_cut()
    {
        VotedBlock[] blocks = [Voted(Header(1)), Voted(Header(2))];
        byte[] bytes = VotedBlocks.Encode(blocks);
        Assert.Equal(blocks.Select(block => Convert.ToHexString(block.ToArray())), VotedBlocks.Decode(bytes).Select(block => Convert.ToHexString(block.ToArray())));
        Assert.Empty(VotedBlocks.Decode(VotedBlocks.Encode([])));
        int whole = VotedBlocks.Encode([blocks[0]]).Length;
        int empty = VotedBlocks.Encode([]).Length;
        foreach (int length in Enumerable.Range(0, bytes.Length).Where(length => length != whole && length != empty))
        {
            Assert.Throws<MalformedBytesException>(() => VotedBlocks.Decode(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Files_in_which_different_headers_were_signed_are_not_united()
    {
        (IReadOnlyList<VotedBlock> blocks, string? fault) = VotedBlocks.Unite([Voted(Header(2)), Voted(Header(1)), Voted(Header(2))]);
        Assert.Null(fault);
        Assert.Equal([1, 2], blocks.Select(block => (int)block.Header.Height));
        (blocks, fault) = VotedBlocks.Unite([Voted(Header(1)), Voted(Header(2)), Voted(Header(2) with { StateRoot = Hash.Zero })]);
        Assert.Empty(blocks);
        Assert.Contains("For block 2", fault, StringComparison.Ordinal);
    }

    private static VotedBlock Voted(BlockHeader header) => new(Vote.Sign(header, SampleLedger.Proposer), new byte[] { 1 });

    private static BlockHeader Header(ulong height) => Blocks.Tip with { Height = height };

    private static Chain Sample() => new(SampleLedger.Genesis());
}
