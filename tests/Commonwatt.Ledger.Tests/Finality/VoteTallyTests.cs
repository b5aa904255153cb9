using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Finality;

public class VoteTallyTests
{
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 4).Select(number => SigningKey.FromSeed($"validator/{number}"))];
    private static readonly ValidatorSet Four = SampleLedger.Validators(Keys);
    private static readonly BlockHeader Header = new Chain(SampleLedger.Genesis()).Tip with { Height = 7 };

    [Fact]
    public void Each_validator_counts_once_and_strangers_do_not()
    {
        var tally = new VoteTally();
        Add(tally, Header, Keys[0], Keys[0], Keys[1], SampleLedger.Stranger, Keys[1]);
        Assert.Null(Certificate(tally, Header));
        Add(tally, Header, Keys[2]);
        Assert.Null(Certificate(tally, Header)!.FindFault(Header, Four));
        Assert.Null(Certificate(tally, Header with { Time = Header.Time + TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void A_certificate_holds_no_more_signatures_than_it_needs()
    {
        var tally = new VoteTally();
        Add(tally, Header, Keys);
        BlockCertificate certificate = Certificate(tally, Header)!;
        var three = BlockCertificate.Of(Keys.Take(3).Select(key => (key.Address, new byte[64])));
        Assert.Equal(three.ToArray().Length, certificate.ToArray().Length);
    }

    [Fact]
    public void Heights_at_the_end_of_all_numbers_are_no_news()
    {
        var tally = new VoteTally();
        tally.Settle(1000);
        foreach (ulong height in (ulong[])[0, 744, 2024, ulong.MaxValue - 1, ulong.MaxValue])
        {
            Assert.False(tally.IsNews(Vote.Sign(Header with { Height = height }, Keys[0])));
        }

        Assert.True(tally.IsNews(Vote.Sign(Header with { Height = 745 }, Keys[0])));
        Assert.True(tally.IsNews(Vote.Sign(Header with { Height = 2023 }, Keys[0])));
    }

    [Fact]
    public void More_than_a_third_above_is_noticed_and_a_third_is_not()
    {
        var tally = new VoteTally();
        ValidatorSet three = SampleLedger.Validators(Keys[..3]);
        Add(tally, Header, Keys[0]);
        Add(tally, Header with { Time = Header.Time + TimeSpan.FromSeconds(1) }, Keys[1]);
        Assert.False(tally.HasHonestVoteAbove(6, three));
        Add(tally, Header, Keys[2]);
        Assert.True(tally.HasHonestVoteAbove(6, three));
        Assert.False(tally.HasHonestVoteAbove(7, three));
    }

    private static void Add(VoteTally tally, BlockHeader header, params SigningKey[] keys) =>
        Array.ForEach(keys, key => tally.Add(Vote.Sign(header, key)));

    private static BlockCertificate? Certificate(VoteTally tally, BlockHeader header) => tally.CertificateOf(header.Height, header.HeaderHash(), Four);
}
