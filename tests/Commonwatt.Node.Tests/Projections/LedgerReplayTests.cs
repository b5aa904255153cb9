using Commonwatt.Contracts;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Tests.Projections;

public sealed class LedgerReplayTests : IDisposable
{
    private readonly TestCommunity community = ProjectionTests.TradedPeriod();
    private readonly RecordReader reader;
    private readonly SortedSet<ulong> read = [];

    public LedgerReplayTests() => reader = RecordReader.Open(community.Disk, "community.ledger");

    private ulong Last => community.Blocks[^1].Header.Height;

    [Fact]
    public void Blocks_come_again_with_the_receipts_they_had()
    {
        FinalBlock[] again = [.. Replay().Blocks(5, Last)];

        Assert.Equal(community.Blocks.Skip(5).Select(block => block.Header), again.Select(block => block.Header));
        Assert.Equal(
            community.Blocks.Skip(5).SelectMany(block => block.Executed.Receipts).Select(receipt => receipt.Subject),
            again.SelectMany(block => block.Executed.Receipts).Select(receipt => receipt.Subject));
    }

    [Fact]
    public void A_snapshot_spares_what_is_below_it_and_one_above_is_of_no_use()
    {
        Snapshot.Save(community.Disk, community.Blocks[12].Header, community.Blocks[12].Executed.State);
        Snapshot.Save(community.Disk, community.Blocks[20].Header, community.Blocks[20].Executed.State);

        Assert.Equal(community.Blocks.Skip(15).Select(block => block.Header), Replay().Blocks(15, Last).Select(block => block.Header));

        Assert.Equal(12UL, read.Min);
    }

    [Fact]
    public void The_state_at_hand_spares_everything_below()
    {
        FinalBlock known = community.Blocks[14];

        Assert.Equal(community.Blocks.Skip(15).Select(block => block.Header), Replay().Blocks(15, Last, (known.Header, known.Executed.State)).Select(block => block.Header));

        Assert.Equal(14UL, read.Min);
    }

    [Fact]
    public void A_block_that_validators_did_not_make_final_is_not_given_out()
    {
        CertifiedBlock right = CertifiedBlock.Decode(reader.Read(8));
        byte[] wrong = (right with { Certificate = BlockCertificate.Of([]) }).ToArray();
        var given = new List<ulong>();

        DamagedFileException damaged = Assert.Throws<DamagedFileException>(() =>
        {
            foreach (FinalBlock block in Replay(height => height == 8 ? wrong : reader.Read(height)).Blocks(0, Last))
            {
                given.Add(block.Header.Height);
            }
        });

        Assert.StartsWith("The ledger file does not hold what validators made final: block 8 is not certified.", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(7UL, given[^1]);
    }

    public void Dispose()
    {
        reader.Dispose();
        community.Dispose();
    }

    private LedgerReplay Replay(Func<ulong, byte[]>? source = null) => new(
        community.Genesis,
        CommunityRules.Catalog,
        community.Disk,
        height =>
        {
            read.Add(height);
            return (source ?? reader.Read)(height);
        },
        signatureThreads: 1);
}
