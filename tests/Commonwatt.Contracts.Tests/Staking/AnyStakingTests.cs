using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Staking;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Contracts.Tests.Staking;

/// <summary>Whatever people do in whatever order, no money is made or lost (see <see cref="Council"/>), and no vote is had by who must have none.</summary>
public sealed class AnyStakingTests
{
    private static readonly string[] Names = ["anna", "ben", "carl", "dora", "erin", "finn"];

    private enum Kind
    {
        Bond,
        Unbond,
        Wait,
        Report,
        Switch,
        Name,
    }

    [Fact]
    public void Money_is_conserved_struck_validators_have_no_vote_and_a_replay_agrees_whatever_people_do()
    {
        Gen<Step> step =
            from kind in Gen.Frequency((6, Gen.Constant(Kind.Bond)), (3, Gen.Constant(Kind.Wait)), (1, Gen.Elements(Enum.GetValues<Kind>())))
            from who in Gen.Choose(0, Names.Length - 1)
            from key in Gen.Choose(0, 1)
            from amount in Gen.Choose(-5, 300)
            from hours in Gen.Choose(1, 400)
            select new Step(kind, Names[who], $"{Names[who]}-validator-{key}", amount, hours);
        int elected = 0;
        int struck = 0;
        Prop.ForAll(step.ArrayOf(50).ToArbitrary(), steps =>
        {
            Council council = Run(steps);
            elected += council.All<VotesCounted>().Count;
            struck += council.All<ValidatorStruck>().Count;
            Assert.All(council.All<VotesCounted>(), counted => Assert.All(counted.Powers, one => Assert.True(3 * one.Power < counted.Powers.Aggregate(0UL, (sum, power) => sum + power.Power))));
            council.ReplaysAlike();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
        Assert.True(elected > 20, $"Only {elected} recounts changed anything: the communities are too poor to try anything.");
        Assert.True(struck > 5, $"Only {struck} validators were struck: the communities are too honest to try anything.");
    }

    private static Council Run(Step[] steps)
    {
        var council = new Council("validator", "second", "third");
        foreach (string name in Names)
        {
            council.Joins(name, 1000);
        }

        council.Calls("manager", "staking", "set-terms", StakingTests.Terms()).Accepted();
        foreach (Step step in steps)
        {
            Take(council, step);
            Assert.All(council.Newest.Members, member => Assert.False(council.Rules.Governance.IsStruck(council.State, member.Address)));
        }

        // Everybody asks for everything, and has it back.
        foreach (string name in Names)
        {
            Stake? stake = council.Rules.Staking.StakeOf(council.State, council.AddressOf(name));
            if (stake is not null)
            {
                council.Unbonds(name, stake.Total.Micros / 1_000_000m).Accepted();
            }
        }

        council.After(TimeSpan.FromDays(15));
        Assert.All(Names, name => Assert.Equal(1_000_000_000, council.AccountOf(council.AddressOf(name)).Micros));
        return council;
    }

    private static void Take(Council council, Step step)
    {
        switch (step.Kind)
        {
            case Kind.Bond:
                council.Bonds(step.Who, step.Amount, step.Validator);
                break;
            case Kind.Unbond:
                council.Unbonds(step.Who, step.Amount);
                break;
            case Kind.Wait:
                council.After(TimeSpan.FromHours(step.Hours));
                break;
            case Kind.Report:
                IReadOnlyList<ValidatorMember> members = council.Newest.Members;
                council.Reports(step.Who, council.Equivocation(council.NameOf(members[step.Hours % members.Count].Address)));
                break;
            case Kind.Switch:
                council.Calls("manager", "staking", "switch-off", new SwitchOffStaking());
                if (step.Hours % 3 > 0)
                {
                    council.Calls("manager", "staking", "set-terms", StakingTests.Terms()).Accepted();
                }

                break;
            default:
                council.SetsValidators(("validator", 3), (step.Validator, 2), ("second", 2));
                break;
        }
    }

    private sealed record Step(Kind Kind, string Who, string Validator, int Amount, int Hours);
}
