using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>What one member does in each period of the simulation, and how it decides. The arrays are read, never changed; several members may share one.</summary>
public sealed class MemberData
{
    private readonly int periodsPerDay;

    internal MemberData(MemberRules rules, PeriodGrid grid)
    {
        Rules = rules;
        periodsPerDay = grid.PeriodsPerDay;
    }

    /// <summary>Short and unique.</summary>
    public string Id => Rules.Id;

    /// <summary>The name people read.</summary>
    public string Name => Rules.Name ?? Rules.Id;

    /// <summary>What the scenario says about the member.</summary>
    public MemberRules Rules { get; }

    /// <summary>Consumption in Wh; of what is missing, nothing.</summary>
    public required int[] Load { get; init; }

    /// <summary>Generation in Wh; of what is missing, nothing.</summary>
    public required int[] Generation { get; init; }

    /// <summary>What the meter shows, after the battery: import minus export in Wh. Where the state is <see cref="ReadingState.Odd"/>, what the data says.</summary>
    public required int[] Net { get; init; }

    /// <summary>Whether each reading is there (if not, the gateway has nothing to submit) and can be true (if not, the ledger will refuse it).</summary>
    public required ReadingState[] States { get; init; }

    /// <summary>The installed PV power, or the highest mean power in a period of the data where the scenario does not say.</summary>
    public required Power GenerationCapacity { get; init; }

    /// <summary>What the connection carries, in either direction.</summary>
    public Power ConnectionCapacity => Rules.Connection;

    /// <summary>Paid into the wallet at the start.</summary>
    public required Money Deposit { get; init; }

    /// <summary>How far the wallet may go below zero.</summary>
    public required Money CreditLine { get; init; }

    /// <summary>How the member forecasts.</summary>
    public required IForecast Forecast { get; init; }

    /// <summary>How the member bids.</summary>
    public required IBiddingStrategy Strategy { get; init; }

    /// <summary>Whether the member decides once more shortly before the gate, by newer readings, where its strategy itself asks only once.</summary>
    internal bool LooksAgain { get; init; }

    /// <summary>What the member has seen once the first <paramref name="known"/> periods have been read.</summary>
    public MemberHistory History(int known) => new(Net.AsSpan(0, known), States.AsSpan(0, known), periodsPerDay);

    /// <summary>What the member expects its meter to show in a period once the first <paramref name="known"/> periods have been read.</summary>
    public Energy Expect(int period, int known) => Forecast.Net(period, History(known));
}
