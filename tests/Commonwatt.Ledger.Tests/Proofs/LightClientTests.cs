using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

public class LightClientTests
{
    private static readonly SigningKey[] First = CertifiedChain.FourValidators;
    private static readonly SigningKey[] Second = [.. Enumerable.Range(0, 5).Select(index => SigningKey.FromSeed($"newcomer {index}"))];

    private readonly CertifiedChain chain = new();
    private readonly TransactionBuilder alice;

    public LightClientTests()
    {
        alice = Builder(chain.Genesis, Alice);
        chain.Know(Second);
    }

    [Fact]
    public void Headers_are_followed_one_by_one_or_with_others_left_out()
    {
        Extend(6);
        LightClient each = Client();
        Assert.All(chain.Blocks, block => Assert.Null(each.Follow(block.Certified)));
        LightClient some = Client();
        Assert.All(new[] { 0, 2, 3, 6 }, height => Assert.Null(some.Follow(chain.Blocks[height].Certified)));
        Assert.Equal(chain.Blocks[^1].Certified.Header, each.Newest);
        Assert.Equal(each.Newest, some.Newest);
    }

    [Fact]
    public void What_does_not_follow_is_refused_and_leaves_the_client_as_it_was()
    {
        Extend(3);
        LightClient client = Client();
        Assert.Null(client.Follow(chain.Blocks[2].Certified));
        BlockHeader next = chain.Blocks[3].Certified.Header;
        (string Says, CertifiedHeader Header)[] wrong =
        [
            ("old one", chain.Blocks[1].Certified),
            ("old one", chain.Blocks[2].Certified),
            ("does not follow", Signed(next with { ParentHash = Hash.Zero })),
            ("before", Signed(next with { Time = Start - TimeSpan.FromSeconds(1) })),
            ("before", Signed(next with { Time = Start - TimeSpan.FromSeconds(1), Height = 4 })),
            ("of the ledger", Signed(next with { LedgerId = Hash.Zero })),
            ("those trusted", Signed(next with { ValidatorsHash = Hash.Zero })),
            ("two thirds", chain.Sign(next, chain.Validators, 2)),
            ("not valid", chain.Blocks[2].Certified with { Header = next }),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Says, client.Follow(one.Header)!, StringComparison.Ordinal));
        Assert.Equal(2ul, client.Newest!.Height);
        Assert.Null(client.Follow(chain.Blocks[3].Certified));
    }

    [Fact]
    public void Headers_below_the_height_of_the_trusted_validators_are_refused()
    {
        Extend(2);
        var client = new LightClient(chain.Genesis.Id, chain.Validators, from: 2);
        Assert.Contains("from 2 on", client.Follow(chain.Blocks[1].Certified)!, StringComparison.Ordinal);
        Assert.Null(client.Follow(chain.Blocks[2].Certified));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_change_is_followed_when_a_header_signed_before_it_shows_the_new_validators(int shownBy)
    {
        ChangeAt(1);
        Extend(3);
        LightClient client = Client();
        Assert.Null(client.FollowChange(Change(shownBy, from: 3)));
        Assert.Null(client.Follow(chain.Blocks[5].Certified));
        Assert.Equal(Validators(Second).SetHash(), client.Newest!.ValidatorsHash);
    }

    [Fact]
    public void A_change_that_was_not_shown_stops_the_client_at_its_height()
    {
        ChangeAt(1);
        Extend(3);
        LightClient client = Client();
        Assert.Null(client.Follow(chain.Blocks[2].Certified));
        Assert.Contains("those trusted", client.Follow(chain.Blocks[3].Certified)!, StringComparison.Ordinal);
        Assert.Contains("those trusted", client.Follow(chain.Blocks[5].Certified)!, StringComparison.Ordinal);
        Assert.Null(client.FollowChange(Change(2, from: 3)));
        Assert.Null(client.Follow(chain.Blocks[3].Certified));
    }

    [Fact]
    public void Validators_whose_time_is_over_certify_nothing_more()
    {
        ChangeAt(1);
        Extend(2);
        LightClient client = Client();
        Assert.Null(client.FollowChange(Change(1, from: 3)));
        BlockHeader forged = chain.Blocks[3].Certified.Header with { ValidatorsHash = chain.Validators.SetHash() };
        Assert.Contains("those trusted", client.Follow(Signed(forged))!, StringComparison.Ordinal);
        Assert.Contains("those trusted", client.Follow(Signed(forged with { Height = 8 }))!, StringComparison.Ordinal);
        Assert.Null(client.Follow(chain.Blocks[2].Certified));
    }

    [Fact]
    public void A_change_needs_a_proof_under_a_header_that_the_old_validators_signed()
    {
        ChangeAt(1);
        Extend(3);
        StateProof right = Change(1, from: 3);
        LightClient client = Client();
        Assert.Contains("those trusted", client.FollowChange(Change(3, from: 3))!, StringComparison.Ordinal);
        Assert.Contains("two thirds", client.FollowChange(right with { Block = chain.Sign(right.Block.Header, chain.Validators, 2) })!, StringComparison.Ordinal);
        Assert.Contains("path", client.FollowChange(right with { Map = right.Map with { Value = CanonicalWriter.Encode(Validators(Stranger)) } })!, StringComparison.Ordinal);
        Assert.Contains("shows no validators", client.FollowChange(Change(1, from: 0))!, StringComparison.Ordinal);
        Assert.Contains("shows no validators", client.FollowChange(Change(1, from: 2))!, StringComparison.Ordinal);
        Assert.Contains("shows no validators", client.FollowChange(StateProof.Of(chain.Blocks[1], Token.BalanceKey(Alice.Address)))!, StringComparison.Ordinal);
        Assert.Contains("shows no validators", client.FollowChange(StateProof.Of(chain.Blocks[1], [1]))!, StringComparison.Ordinal);
        Assert.Null(client.FollowChange(right));
    }

    [Fact]
    public void Changes_in_blocks_one_after_the_other_are_followed_in_any_order()
    {
        SigningKey[] third = First[1..];
        chain.Add(alice.Build(Start, SetValidators(Second)));
        chain.Add(alice.Build(Start, SetValidators(third)));
        chain.Rotate(Second);
        chain.Add();
        chain.Rotate(third);
        Extend(2);
        foreach (ulong[] order in new ulong[][] { [3, 4], [4, 3] })
        {
            LightClient client = Client();
            Assert.All(order, from => Assert.Null(client.FollowChange(Change(2, from))));
            Assert.All(chain.Blocks.Skip(3), block => Assert.Null(client.Follow(block.Certified)));
        }
    }

    private LightClient Client() => new(chain.Genesis.Id, chain.Validators);

    private CertifiedHeader Signed(BlockHeader header) => chain.Sign(header, chain.Validators, 3);

    private StateProof Change(int shownBy, ulong from) => StateProof.Of(chain.Blocks[shownBy], SystemTables.Validators.StateKey(new Count(from)));

    // The change stands in the block of this height; the one after it is the old validators' last.
    private void ChangeAt(int height)
    {
        Extend(height - 1);
        chain.Add(alice.Build(Start, SetValidators(Second)));
        chain.Add();
        chain.Rotate(Second);
    }

    private void Extend(int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            chain.Add();
        }
    }
}
