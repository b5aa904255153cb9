using Commonwatt.Ledger.Tests.Sample;
using Google.Protobuf.WellKnownTypes;
using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Execution;

public class GovernanceTests
{
    private static readonly SigningKey Newcomer = SigningKey.FromSeed("newcomer");

    [Fact]
    public void Other_validators_take_over_two_blocks_after_the_change()
    {
        var chain = new Chain(Genesis());
        Hash first = chain.Tip.ValidatorsHash;
        chain.Add(Builder(chain.Genesis, Alice).Build(Start, SetValidators(Newcomer)));
        Assert.Equal(1ul, chain.Tip.Height);
        Assert.Equal(first, chain.Tip.ValidatorsHash);
        Assert.False(chain.Executor.IsValid(chain.Batch(Newcomer, Start), 2));
        chain.Add();
        Assert.Equal(first, chain.Tip.ValidatorsHash);
        Assert.False(chain.Executor.IsValid(chain.Batch(Proposer, Start), 3));
        chain.Add(Newcomer, Start);
        Assert.Equal(Validators(Newcomer).SetHash(), chain.Tip.ValidatorsHash);
    }

    [Fact]
    public void Changes_one_after_the_other_each_take_effect_in_their_turn()
    {
        var chain = new Chain(Genesis());
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        chain.Add(alice.Build(Start, SetValidators(Newcomer)));
        chain.Add(alice.Build(Start, SetValidators(Proposer)));
        chain.Add(Newcomer, Start);
        chain.Add(Proposer, Start);
        chain.Add(Proposer, Start, alice.Build(Start, SetValidators(Newcomer), SetValidators(Proposer, Newcomer)));
        chain.Add(Proposer, Start);
        chain.Add(Newcomer, Start);
        Assert.Equal(Validators(Proposer, Newcomer).SetHash(), chain.Tip.ValidatorsHash);
    }

    [Fact]
    public void Rules_change_at_their_height()
    {
        var chain = new Chain(Genesis());
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        Call call = TransactionBuilder.Call("novelty", "try", new Empty());
        Assert.Equal(["", "no-such-contract"], chain.Add(alice.Build(Start, SetRules(3)), alice.Build(Start, call)).Select(receipt => receipt.Outcome.Code));
        Assert.Equal("no-such-contract", chain.Add(alice.Build(Start, call))[0].Outcome.Code);
        Assert.Equal("", chain.Add(alice.Build(Start, call))[0].Outcome.Code);
    }

    [Fact]
    public void Rules_cannot_change_at_a_height_that_has_begun()
    {
        var chain = new Chain(Genesis());
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        Assert.Equal(["fault", "fault", ""], chain.Add(alice.Build(Start, SetRules(0)), alice.Build(Start, SetRules(1)), alice.Build(Start, SetRules(2))).Select(receipt => receipt.Outcome.Code));
    }

    [Fact]
    public void A_build_without_the_new_rules_stops_before_their_height()
    {
        var chain = new Chain(Genesis(), Catalog(isOld: true));
        chain.Add(Builder(chain.Genesis, Alice).Build(Start, SetRules(3)));
        Assert.Null(chain.Executor.MissingRules(2));
        chain.Add();
        Assert.Equal(2u, chain.Executor.MissingRules(3));
        BrokenInvariantException stopped = Assert.Throws<BrokenInvariantException>(() => chain.Executor.RequireRules(3));
        Assert.Contains("height 3", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("version 2", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_counts_once_from_a_validator_on_its_ledger()
    {
        var chain = new Chain(Genesis());
        SignedBatch batch = chain.Batch(Proposer, Start);
        Assert.True(chain.Executor.IsValid(batch, 1));
        chain.Add(batch);
        Assert.False(chain.Executor.IsValid(batch, 2));
        Assert.False(chain.Executor.IsValid(SignedBatch.Sign(Hash.Zero, 9, Start, [], Proposer), 2));
        Assert.False(chain.Executor.IsValid(SignedBatch.Sign(chain.Genesis.Id, 9, Start, [], Stranger), 2));
        byte[] forged = SignedBatch.Sign(chain.Genesis.Id, 9, Start, [], Proposer).Bytes.ToArray();
        forged[^1] ^= 1;
        Assert.False(chain.Executor.IsValid(SignedBatch.Decode(forged), 2));
        Assert.True(chain.Executor.IsValid(SignedBatch.Sign(chain.Genesis.Id, 9, Start, [], Proposer), 2));
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("Token")]
    [InlineData("token.balances")]
    [InlineData("")]
    public void A_contract_cannot_take_a_name_that_reaches_into_other_tables(string name) =>
        Assert.Throws<ArgumentException>(() => new Named(name));

    private sealed class Named(string name) : Contract(name);
}
