using Commonwatt.Ledger.Verification;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>Thirty-six real homes with gaps for a year and a half, half of them with made-up PV, all the way through the ledger.</summary>
public class NewSouthWalesTests
{
    [Fact]
    public void Gaps_are_counted_estimated_and_marked_and_the_accounts_add_up_to_zero()
    {
        Scenario scenario = RealScenario.Over("homes_nsw_30min.csv.gz", "UTC", new DateOnly(2012, 7, 1), 549, TimeSpan.FromMinutes(30));
        scenario = scenario with
        {
            Location = new Location(-32.93, 151.78),
            MembersFrom = scenario.MembersFrom! with { Pv = new SharedPv(new GenerationSource.Photovoltaic(new Power(4000)), Share: 0.5) },
        };
        using var run = new RunOf(scenario);
        SimulationResult result = run.Result;

        Assert.Equal(36, result.Members.Count);
        Assert.InRange(run.Data.Members.Count(member => member.Rules.Pv is not null), 10, 26);
        Assert.Equal(18_009, CountOf(result, "missing"));
        Assert.Equal(35_829, CountOf(result, "zero"));
        Assert.DoesNotContain(result.DataProblems, problem => problem.Category is "duplicate" or "negative" or "absurd" or "refused-reading" or "refused-transaction");

        long gaps = CountOf(result, "missing") + CountOf(result, "outside");
        Assert.Equal(gaps, result.Members.Sum(member => member.EstimatedReadings));
        Assert.Contains(run.Lines(), line => line.Estimated);
        Assert.Equal(0, result.Residual.Micros);
        Assert.Equal(result.Members.Sum(member => member.CostWithMarket.Micros), MembersBills(run));
        Assert.True(result.Members.Sum(member => member.CostWithMarket.Micros) < result.Members.Sum(member => member.CostWithoutMarket.Micros));

        // Homes without a battery use what they make and take, less what they give, to the last Wh, however many readings are missing.
        Assert.All(result.Members, member => Assert.Equal(member.Load + member.Export, member.Generation + member.Import));

        VerificationReport report = run.Verify();
        Assert.True(report.IsRight, report.Fault);
    }

    private static long CountOf(SimulationResult result, string category) => result.DataProblems.Single(problem => problem.Category == category).Count;

    // What the utility, the DSO and the community fund got is what the members paid.
    private static long MembersBills(RunOf run) =>
        -run.Lines().Sum(line => line.CostTo("utility") + line.CostTo("dso") + line.CostTo("community-fund"));
}
