using Commonwatt.Agents;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>What the ledger refuses: of the community, it ends the run; of a member, it is told.</summary>
public class RefusalTests
{
    [Fact]
    public void A_tariff_that_the_ledger_refuses_days_after_the_founding_ends_the_run()
    {
        CommunityData data = CommunityData.Prepare(SmallNeighbourhood.Create(members: 2, days: 4)).Required();
        data.Retail[^1] = new Price(200_000_000_000);

        using var folder = new TemporaryFolder();
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => SimulationRunner.Run(data, new LedgerFolder(folder.Path), cancel: TestContext.Current.CancellationToken));

        Assert.Contains("A tariff is at most 100000", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_reading_beyond_the_connection_is_refused_estimated_and_told_of(int members)
    {
        CommunityData data = CommunityData.Prepare(SmallNeighbourhood.Create(members, days: 1)).Required();
        data.Members[0].Net[5] = 200_000;
        data.Members[0].States[5] = ReadingState.Odd;
        using var run = new RunOf(data);

        Assert.Equal(1, run.Result.DataProblems.Single(problem => problem.Category == "refused-reading").Count);
        Assert.DoesNotContain(run.Result.DataProblems, problem => problem.Category == "refused-transaction");
        Assert.Equal(1, run.Result.Members[0].EstimatedReadings);
        Assert.Equal(0, run.Result.Residual.Micros);
    }

    [Fact]
    public void After_an_order_was_refused_the_member_places_another_and_does_not_replace_what_is_not_there()
    {
        Scenario scenario = SmallNeighbourhood.Create(members: 3, days: 1) with { Wallet = new WalletRules(Money.Zero, Money.Zero) };
        using var run = new RunOf(scenario with
        {
            Forecast = ForecastKind.Perfect,
            Members = [.. scenario.Members.Select(member => member with { Strategy = BiddingStrategyKind.Linear })],
        });

        IReadOnlyList<string> examples = run.Result.DataProblems.Single(problem => problem.Category == "refused-transaction").Examples;

        Assert.Equal(5, examples.Count);
        Assert.All(examples, example => Assert.Contains("is missing", example, StringComparison.Ordinal));
    }
}
