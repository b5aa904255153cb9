using System.Globalization;
using Commonwatt.Markets;
using Commonwatt.Markets.Sharing;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>What comes out of the ledger is what can be reckoned from the data beside it.</summary>
public class KnownFiguresTests
{
    private static readonly Price Middle = new(125_000);

    [Fact]
    public void Energy_shared_by_key_is_that_of_the_pure_function()
    {
        using var run = new RunOf(SmallNeighbourhood.Create(mechanism: "sharing-key"));

        Assert.Equal(Expected(run.Data, demands => SurplusSharing.Share(demands, new DynamicKey(), Middle)), run.Trades());
    }

    [Fact]
    public void Energy_shared_with_the_nearest_neighbour_is_that_of_the_pure_function()
    {
        using var run = new RunOf(SmallNeighbourhood.Create(mechanism: "nearest-neighbour"));

        long Metres(MemberId one, MemberId other) => run.Data.Distance((int)one.Value - 1, (int)other.Value - 1);
        Assert.Equal(Expected(run.Data, demands => NearestNeighbour.Share(demands, Metres, Middle)), run.Trades());
    }

    [Fact]
    public void Self_sufficiency_and_self_consumption_are_those_of_the_communitys_net_energy()
    {
        using var run = new RunOf(SmallNeighbourhood.Create(members: 12));
        CommunityData data = run.Data;
        long[] net = [.. Enumerable.Range(0, data.Grid.Count).Select(period => data.Members.Sum(member => (long)member.Net[period]))];
        double import = net.Sum(energy => long.Max(energy, 0));
        double export = net.Sum(energy => long.Max(-energy, 0));

        var figures = Figures.Of(run.Result);

        Assert.Contains(data.Members, member => member.Rules.Battery is not null);
        Assert.Equal(1 - (import / data.Members.Sum(member => member.Load.Sum(energy => (long)energy))), figures.SelfSufficiency!.Value, 9);
        Assert.Equal(1 - (export / data.Members.Sum(member => member.Generation.Sum(energy => (long)energy))), figures.SelfConsumption!.Value, 9);
    }

    [Fact]
    public void Pro_rata_rationing_gives_more_members_a_part_of_the_same_trade()
    {
        using var arrival = new RunOf(Truthful("arrival"));
        using var proRata = new RunOf(Truthful("pro-rata"));

        Assert.Equal(Figures.Of(arrival.Result).Traded, Figures.Of(proRata.Result).Traded);
        Assert.True(proRata.Trades().Length > arrival.Trades().Length);
    }

    private static Scenario Truthful(string rationing)
    {
        Scenario scenario = SmallNeighbourhood.Create();
        return scenario with
        {
            Market = scenario.Market with { Rationing = rationing },
            Members = [.. scenario.Members.Select(member => member with { Strategy = Agents.BiddingStrategyKind.Truthful })],
        };
    }

    private static IEnumerable<string> Expected(CommunityData data, Func<NetDemand[], IReadOnlyList<MemberTrade>> share)
    {
        string Id(MemberId member) => data.Members[(int)member.Value - 1].Id;
        for (int period = 0; period < data.Grid.Count; period++)
        {
            NetDemand[] demands = [.. data.Members.Select((member, index) => new NetDemand(new MemberId(index + 1), new Energy(member.Net[period])))];
            foreach (MemberTrade trade in share(demands))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{data.Grid.StartOf(period)},{Id(trade.Buyer)},{Id(trade.Seller)},{trade.Quantity.ToKilowattHours()},{trade.Price.ToDecimal()},{trade.Amount.ToDecimal()}");
            }
        }
    }
}
