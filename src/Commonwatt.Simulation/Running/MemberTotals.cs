using Commonwatt.Agents;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>What one member used, traded and paid, added up as periods are settled.</summary>
/// <param name="data">The member.</param>
internal sealed class MemberTotals(MemberData data)
{
    /// <summary>What was bought from other members.</summary>
    public Energy Bought { get; set; }

    /// <summary>What was sold to other members.</summary>
    public Energy Sold { get; set; }

    /// <summary>What was paid less what was received.</summary>
    public Money CostWithMarket { get; set; }

    private Energy Import { get; set; }

    private Energy Export { get; set; }

    private Money CostWithoutMarket { get; set; }

    private long EstimatedReadings { get; set; }

    /// <summary>Adds what the meter counted in a period, at the utility's prices of that period.</summary>
    public void AddMetered(Energy net, bool isEstimated, Price retail, Price feedIn)
    {
        CostWithoutMarket += net.IsNegative ? -(-net).At(feedIn) : net.At(retail);
        if (isEstimated)
        {
            // Estimates are paid for, but no meter counted them.
            EstimatedReadings++;
            return;
        }

        Import += Energy.Max(net, Energy.Zero);
        Export += Energy.Max(-net, Energy.Zero);
    }

    /// <summary>The totals as the report shows them.</summary>
    public MemberResult ToResult() => new()
    {
        Id = data.Id,
        Name = data.Name,
        Strategy = BiddingStrategyKinds.Names[(int)data.Rules.Strategy],
        Load = SumOfMeasured(data.Load),
        Generation = SumOfMeasured(data.Generation),
        Import = Import,
        Export = Export,
        Bought = Bought,
        Sold = Sold,
        CostWithMarket = CostWithMarket,
        CostWithoutMarket = CostWithoutMarket,
        EstimatedReadings = EstimatedReadings,
    };

    private Energy SumOfMeasured(int[] values)
    {
        long sum = 0;
        for (int period = 0; period < values.Length; period++)
        {
            sum += data.States[period] == ReadingState.Measured ? values[period] : 0;
        }

        return new Energy(sum);
    }
}
