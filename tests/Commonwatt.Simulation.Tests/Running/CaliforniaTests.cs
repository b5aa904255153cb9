using Commonwatt.Agents;
using Commonwatt.Ledger.Verification;
using Commonwatt.Markets.Settlement;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>Twelve real homes for a year, all the way through the ledger.</summary>
public class CaliforniaTests
{
    // In the one hour without readings estimates stand in; what a separate program reckoned has no such hour.
    private const string HourWithoutReadings = "2016-11-06T09:00:00Z";

    [Fact]
    public void Bills_on_the_ledger_are_those_of_the_known_answer_and_of_the_publishers_figures()
    {
        Scenario scenario = RealScenario.CaliforniaScenario() with
        {
            Forecast = ForecastKind.Perfect,
            Market = new MarketRules { Imbalance = ImbalanceRule.Utility },
        };
        using var run = new RunOf(scenario);
        CommunityData data = run.Data;
        RunOf.Line[] lines = [.. run.Lines().Where(line => line.Period != HourWithoutReadings)];

        long billed = data.Members.Sum(member => lines.Sum(line => line.CostTo(member.Id)));
        long bound = (long)data.Members.Count * data.Grid.Count;
        Assert.InRange(billed - CommunityCost(data, shared: true), -bound, bound);
        Near(19_113.0530, billed / 1e6, tolerance: 2e-6);
        Near(22_464.8001, CommunityCost(data, shared: false) / 1e6, tolerance: 1e-6);
        Near(13_518.2400, lines.Where(line => line.Kind == "trade").Sum(line => line.WattHours) / 1e3, tolerance: 5e-6);

        Assert.Equal(0, run.Result.Residual.Micros);
        Assert.DoesNotContain(lines, line => line.Estimated);
        Assert.Equal((12 * 2) + 2, run.Result.DataProblems.Single(problem => problem.Category == "missing").Count);
        Assert.DoesNotContain(run.Result.DataProblems, problem => problem.Category.StartsWith("refused", StringComparison.Ordinal));

        VerificationReport report = run.Verify();
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(run.Result.Ledger.Tip, report.Tip.ToString());
    }

    // The known answer of the design: what the community's, or each member's, net energy costs at the utility's prices.
    private static long CommunityCost(CommunityData data, bool shared)
    {
        long cost = 0;
        for (int period = 0; period < data.Grid.Count; period++)
        {
            if (data.Grid.StartOf(period).ToString() == HourWithoutReadings)
            {
                continue;
            }

            cost += shared
                ? CostOf(data, period, data.Members.Sum(member => (long)member.Net[period]))
                : data.Members.Sum(member => CostOf(data, period, member.Net[period]));
        }

        return cost;
    }

    private static long CostOf(CommunityData data, int period, long net) => net >= 0
        ? new Energy(net).At(data.Retail[period]).Micros
        : -new Energy(-net).At(data.FeedIn[period]).Micros;

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected * (1 - tolerance), expected * (1 + tolerance));
}
