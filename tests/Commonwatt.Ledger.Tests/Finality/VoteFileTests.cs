using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Finality;

public class VoteFileTests
{
    private const int Reserve = 700;

    private static readonly byte[] Content = [1, 2, 3];

    private static readonly SigningKey Key = SampleLedger.Proposer;
    private static readonly BlockHeader Genesis = new Chain(SampleLedger.Genesis()).Tip;

    [Fact]
    public void One_header_a_height_is_signed_and_the_same_one_again()
    {
        using var file = VoteFile.Begin(new SimulatedDisk(), Reserve, lowest: 0);
        Vote first = file.Cast(Header(5), Content, Key)!;
        Assert.Same(first, file.Cast(Header(5), Content, Key));
        Assert.Null(file.Cast(Header(5, "another"), Content, Key));
        Assert.NotNull(file.Cast(Header(4), Content, Key));
        Assert.NotNull(file.Cast(Header(6), Content, Key));
    }

    [Fact]
    public void What_was_synced_binds_after_any_power_cut()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var disk = new SimulatedDisk();
            using (var file = VoteFile.Begin(disk, Reserve, lowest: 0))
            {
                for (ulong height = 1; height <= 6; height++)
                {
                    file.Cast(Header(height), Content, Key);
                    file.Sync();
                }

                file.Cast(Header(7), Content, Key);
            }

            using var again = VoteFile.Open(disk.AfterPowerCut(new Random(seed)), Reserve);
            for (ulong height = 1; height <= 6; height++)
            {
                Assert.Null(again.Cast(Header(height, "another"), Content, Key));
            }
        }
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_among_its_votes_is_refused()
    {
        var disk = new SimulatedDisk();
        using (var file = VoteFile.Begin(disk, Reserve, lowest: 0))
        {
            file.Cast(Header(1), Content, Key);
            file.Cast(Header(2), Content, Key);
            file.Sync();
        }

        byte[] whole = disk.Contents(VoteFile.Name);
        int end = whole.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        Assert.InRange(end, 700, whole.Length - 1);
        for (int length = 0; length <= end; length++)
        {
            disk.Replace(VoteFile.Name, whole.AsSpan(0, length));
            Assert.Throws<DamagedFileException>(() => VoteFile.Open(disk, Reserve).Dispose());
        }

        disk.Replace(VoteFile.Name, whole);
        VoteFile.Open(disk, Reserve).Dispose();
    }

    [Fact]
    public void A_harmed_vote_is_refused()
    {
        var disk = new SimulatedDisk();
        using (var file = VoteFile.Begin(disk, Reserve, lowest: 0))
        {
            file.Cast(Header(1), Content, Key);
            file.Sync();
            file.Cast(Header(2), Content, Key);
            file.Sync();
        }

        byte[] bytes = disk.Contents(VoteFile.Name);
        bytes[100] ^= 1;
        disk.Replace(VoteFile.Name, bytes);
        Assert.Throws<DamagedFileException>(() => VoteFile.Open(disk, Reserve).Dispose());
    }

    [Fact]
    public void A_large_file_is_written_anew_and_nothing_below_its_start_is_ever_signed()
    {
        var disk = new SimulatedDisk();
        using (var file = VoteFile.Begin(disk, Reserve, lowest: 0))
        {
            for (ulong height = 1; height <= 40; height++)
            {
                file.Cast(Header(height), Content, Key);
                file.Sync();
                file.Settle(ulong.Max(height, 3) - 2);
            }

            Assert.InRange(disk.Contents(VoteFile.Name).Length, 1, 20 * Reserve);
            Assert.Null(file.Cast(Header(1), Content, Key));
        }

        using var again = VoteFile.Open(disk, Reserve);
        Assert.Null(again.Cast(Header(1, "another"), Content, Key));
        Assert.Null(again.Cast(Header(40, "another"), Content, Key));
        Assert.NotNull(again.Cast(Header(41), Content, Key));
    }

    [Fact]
    public void A_vote_that_was_heard_and_forgotten_binds_again()
    {
        using var file = VoteFile.Begin(new SimulatedDisk(), Reserve, lowest: 0);
        Assert.True(file.Adopt(Vote.Sign(Header(3), Key)));
        Assert.False(file.Adopt(Vote.Sign(Header(3), Key)));
        Assert.Null(file.Cast(Header(3, "another"), Content, Key));
    }

    private static BlockHeader Header(ulong height, string state = "state") =>
        Genesis with { Height = height, StateRoot = Hash.Of(System.Text.Encoding.UTF8.GetBytes(state)) };
}
