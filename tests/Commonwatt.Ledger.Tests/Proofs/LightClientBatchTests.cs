using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

/// <summary>Many headers at a time are taken as if they came one by one.</summary>
public class LightClientBatchTests
{
    private const int Blocks = 12;

    private readonly CertifiedChain chain = new();

    public LightClientBatchTests()
    {
        for (int block = 1; block < Blocks; block++)
        {
            chain.Add();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void All_are_taken_where_all_are_right(int threads)
    {
        LightClient client = Client();
        Assert.Equal((0, null), client.FollowAll([], threads));
        Assert.Null(client.Newest);
        Assert.Equal((4, null), client.FollowAll([.. Headers()[..4]], threads));
        Assert.Equal((Blocks - 4, null), client.FollowAll([.. Headers()[4..]], threads));
        Assert.Equal(chain.Blocks[^1].Certified.Header, client.Newest);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_wrong_one_leaves_the_client_as_after_those_before_it_and_says_what_following_one_by_one_says(int threads)
    {
        for (int place = 0; place < Blocks; place++)
        {
            foreach (CertifiedHeader wrong in Wrong(chain.Blocks[place].Certified))
            {
                CertifiedHeader[] headers = Headers();
                headers[place] = wrong;
                LightClient all = Client();
                (int taken, string? fault) = all.FollowAll(headers, threads);
                (int Taken, string? Fault, BlockHeader? Newest) expected = OneByOne(headers);
                Assert.Equal(expected, (taken, fault, all.Newest));
                Assert.Equal(place, taken);
                Assert.Equal((Blocks - place, null), all.FollowAll([.. Headers()[place..]], threads));
            }
        }
    }

    [Fact]
    public void Of_several_wrong_ones_the_first_counts_whatever_is_wrong_with_the_others()
    {
        for (int first = 0; first < Blocks - 1; first++)
        {
            CertifiedHeader[] headers = Headers();
            for (int place = first; place < Blocks; place++)
            {
                headers[place] = chain.Sign(headers[place].Header, chain.Validators, 2);
            }

            headers[^1] = headers[^1] with { Header = headers[^1].Header with { LedgerId = Hash.Zero } };
            LightClient client = Client();
            (int taken, string? fault) = client.FollowAll(headers, threads: 2);
            Assert.Equal(first, taken);
            Assert.Contains("two thirds", fault, StringComparison.Ordinal);
            Assert.Equal(first == 0 ? null : headers[first - 1].Header, client.Newest);
        }
    }

    [Fact]
    public void Headers_on_both_sides_of_a_change_that_is_known_are_taken_at_once()
    {
        var changing = new ChangingValidators();
        var client = new LightClient(changing.LedgerId, changing.Chain.Validators);
        Assert.Null(client.FollowChange(((FollowStep.Change)changing.Change(3, ChangingValidators.FirstOfFive)).Proof));
        CertifiedHeader[] rest = [.. changing.Chain.Blocks.Skip(4).Select(block => block.Certified)];
        (int taken, string? fault) = client.FollowAll(rest, threads: 2);
        Assert.Equal(ChangingValidators.FirstOfOtherFour, (ulong)taken + 4);
        Assert.Contains("those trusted", fault, StringComparison.Ordinal);
        Assert.Equal(Validators(ChangingValidators.Five).SetHash(), client.Validators.SetHash());
    }

    [Fact]
    public void A_thread_is_needed() => Assert.Throws<ArgumentOutOfRangeException>(() => Client().FollowAll([], threads: 0));

    private IEnumerable<CertifiedHeader> Wrong(CertifiedHeader right)
    {
        BlockHeader header = right.Header;
        yield return chain.Sign(header, chain.Validators, 2);
        yield return right with { Header = header with { StateRoot = Hash.Zero } };
        yield return Signed(header with { LedgerId = Hash.Zero });
        yield return Signed(header with { ValidatorsHash = Hash.Zero });
        if (header.Height > 0)
        {
            yield return Signed(header with { ParentHash = Hash.Zero });
            yield return Signed(header with { Time = Start - TimeSpan.FromSeconds(1) });
            yield return Signed(header with { Height = header.Height - 1 });
        }
    }

    private (int Taken, string? Fault, BlockHeader? Newest) OneByOne(CertifiedHeader[] headers)
    {
        LightClient client = Client();
        for (int index = 0; index < headers.Length; index++)
        {
            if (client.Follow(headers[index]) is { } fault)
            {
                return (index, fault, client.Newest);
            }
        }

        return (headers.Length, null, client.Newest);
    }

    private CertifiedHeader[] Headers() => [.. chain.Blocks.Select(block => block.Certified)];

    private CertifiedHeader Signed(BlockHeader header) => chain.Sign(header, chain.Validators, 3);

    private LightClient Client() => new(chain.Genesis.Id, chain.Validators);
}
