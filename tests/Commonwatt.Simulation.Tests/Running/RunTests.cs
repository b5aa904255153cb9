using Commonwatt.Agents;
using Commonwatt.Ledger.Verification;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

public class RunTests
{
    [Theory]
    [InlineData("pay-as-clear")]
    [InlineData("uniform-midpoint")]
    [InlineData("pair-midpoint")]
    [InlineData("pay-as-bid")]
    [InlineData("average-bid-fifo")]
    [InlineData("trade-reduction")]
    [InlineData("nearest-neighbour")]
    [InlineData("sharing-key")]
    public void Every_mechanism_trades_settles_and_leaves_a_ledger_that_is_right(string mechanism)
    {
        using var run = new RunOf(SmallNeighbourhood.Create(mechanism: mechanism));

        Assert.Equal(0, run.Result.Residual.Micros);
        Assert.True(run.Result.Series.Traded.Sum(energy => energy.WattHours) > 0);
        Assert.DoesNotContain(run.Result.DataProblems, problem => problem.Category.StartsWith("refused", StringComparison.Ordinal));
        VerificationReport report = run.Verify();
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(run.Result.Ledger.Height + 1, report.Blocks);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void Every_length_of_period_runs(int minutes)
    {
        using var run = new RunOf(SmallNeighbourhood.Create(members: 4, days: 1, minutes: minutes));

        Assert.Equal(24 * 60 / minutes, run.Lines().Select(line => line.Period).Distinct().Count());
        Assert.Equal(0, run.Result.Residual.Micros);
        Assert.True(run.Verify().IsRight);
    }

    [Theory]
    [InlineData("2024-03-31", 23)]
    [InlineData("2024-10-27", 25)]
    public void The_days_on_which_clocks_change_have_their_own_number_of_hours(string day, int hours)
    {
        using var run = new RunOf(SmallNeighbourhood.Create(members: 3, days: 1) with { Start = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });

        Assert.Equal(hours, run.Result.Series.Count);
        Assert.Equal(hours, run.Lines().Select(line => line.Period).Distinct().Count());
    }

    [Fact]
    public void The_same_scenario_makes_the_same_ledger()
    {
        using var one = new RunOf(SmallNeighbourhood.Create());
        using var other = new RunOf(SmallNeighbourhood.Create());

        Assert.Equal(one.Result.Ledger.Tip, other.Result.Ledger.Tip);
    }

    [Fact]
    public void Whom_a_file_names_first_is_not_served_first()
    {
        Scenario scenario = SmallNeighbourhood.Create(members: 12, days: 7) with { Start = new DateOnly(2024, 6, 1), Forecast = ForecastKind.Perfect };
        MemberRules[] alike = [.. scenario.Members.Select((member, index) => member with
        {
            Strategy = BiddingStrategyKind.Truthful,
            Battery = null,
            Pv = index < 6 ? new GenerationSource.Photovoltaic(new Power(4000)) : null,
            Load = new LoadSource.Household(Energy.FromKilowattHours(index < 6 ? 1500 : 1000)),
        })];
        using var run = new RunOf(scenario with { Members = alike });

        long[] sold = [.. run.Result.Members.Take(6).Select(member => member.Sold.WattHours)];
        Assert.True(sold[..3].Sum() < 2 * sold[3..].Sum(), string.Join(", ", sold));
        Assert.True(sold.Max() < 3 * sold.Min(), string.Join(", ", sold));
    }

    [Fact]
    public void Another_seed_makes_another_ledger()
    {
        using var one = new RunOf(SmallNeighbourhood.Create());
        using var other = new RunOf(SmallNeighbourhood.Create() with { Seed = 8 });

        Assert.NotEqual(one.Result.Ledger.Tip, other.Result.Ledger.Tip);
    }

    [Fact]
    public void Signatures_change_nothing_but_that_they_are_there()
    {
        using var signed = new RunOf(SmallNeighbourhood.Create(), signatures: true);
        using var unsigned = new RunOf(SmallNeighbourhood.Create());

        Assert.Equal(File.ReadAllText(unsigned.Path("settlement.csv")), File.ReadAllText(signed.Path("settlement.csv")));
        Assert.True(signed.Verify() is { IsRight: true, HasSignatures: true });
        Assert.True(unsigned.Verify() is { IsRight: true, HasSignatures: false });
    }

    [Fact]
    public void Members_without_money_or_credit_buy_from_the_utility_alone()
    {
        Scenario scenario = SmallNeighbourhood.Create() with { Wallet = new WalletRules(Money.Zero, Money.Zero) };
        using var run = new RunOf(scenario);

        long refused = run.Result.DataProblems.Single(problem => problem.Category == "refused-transaction").Count;
        Assert.True(refused > 0);
        Assert.Equal(0, run.Result.Residual.Micros);
        Assert.Contains(run.Lines(), line => line.Kind == "utility-import");
    }

    [Fact]
    public void A_community_that_the_ledger_does_not_take_stops_the_run_with_the_ledgers_sentence()
    {
        Scenario scenario = SmallNeighbourhood.Create() with { Wallet = new WalletRules(new Money(long.MaxValue), Money.Zero) };

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => new RunOf(scenario));

        Assert.StartsWith("The ledger does not take the community as the scenario has it. Call 5 of ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("The amount is 0.000001 to 1000000000.000000, not 9223372036854.775807.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_perfect_forecasts_nobody_deviates_from_what_the_market_could_match()
    {
        Scenario scenario = SmallNeighbourhood.Create() with
        {
            Forecast = ForecastKind.Perfect,
            Members = [.. SmallNeighbourhood.Create().Members.Select(member => member with { Strategy = BiddingStrategyKind.Truthful })],
        };
        using var run = new RunOf(scenario);

        Assert.DoesNotContain(run.Lines(), line => line.Kind is "shortfall-penalty" or "pooled-imbalance");
    }

    [Fact]
    public void A_run_that_is_cancelled_stops()
    {
        CommunityData data = CommunityData.Prepare(SmallNeighbourhood.Create()).Required();
        using var folder = new Series.TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            Simulation.Running.SimulationRunner.Run(data, new Simulation.Running.LedgerFolder(folder.Path), cancel: cancelled.Token));
    }
}
