namespace Commonwatt.Simulation.Scenarios;

/// <summary>Everything a run of a scenario reads: each member's energy and each period's prices, on one grid of periods.</summary>
public sealed class CommunityData
{
    private const long MetresBetweenNeighbours = 20;

    private readonly Dictionary<(string From, string To), long> distances;

    internal CommunityData(Scenario scenario, PeriodGrid grid)
    {
        Scenario = scenario;
        Grid = grid;
        distances = [];
        foreach (MemberDistance distance in scenario.Market.Distances)
        {
            distances[(distance.From, distance.To)] = distance.Metres;
            distances[(distance.To, distance.From)] = distance.Metres;
        }
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The periods: arrays below and in <see cref="Members"/> have one element for each.</summary>
    public PeriodGrid Grid { get; }

    /// <summary>The members: those named in the scenario in its order, then those made of a file by id.</summary>
    public required IReadOnlyList<MemberData> Members { get; init; }

    /// <summary>What the utility asks for a kWh in each period.</summary>
    public required Price[] Retail { get; init; }

    /// <summary>What the utility pays for a kWh in each period.</summary>
    public required Price[] FeedIn { get; init; }

    /// <summary>What the buyer pays the grid operator for a kWh traded inside the community.</summary>
    public Price LocalGridFee => Scenario.Tariffs.LocalGridFee;

    /// <summary>The grid's carbon intensity in kg/kWh in each period, or null where the scenario gives none.</summary>
    public double[]? CarbonIntensity { get; init; }

    /// <summary>What was odd about the data.</summary>
    public required DataProblems Problems { get; init; }

    /// <summary>Reads the files of a scenario, makes up what is to be made up, and puts it all on the grid.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="options">How to take the files; null for the strict way.</param>
    /// <returns>The data, or everything that is wrong with the files.</returns>
    public static ScenarioResult<CommunityData> Prepare(Scenario scenario, CommunityDataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new CommunityPreparation(scenario, options ?? new CommunityDataOptions()).Run();
    }

    /// <summary>
    /// How far apart two members are, in metres: what the scenario says, or as if they lived 20 m apart along a street in the order of
    /// <see cref="Members"/>.
    /// </summary>
    /// <param name="from">One member's index.</param>
    /// <param name="to">The other's.</param>
    public long Distance(int from, int to) =>
        distances.TryGetValue((Members[from].Id, Members[to].Id), out long metres) ? metres : MetresBetweenNeighbours * int.Abs(from - to);
}

/// <summary>How to take the files of a scenario.</summary>
public sealed record CommunityDataOptions
{
    /// <summary>Whether to leave out rows that cannot be read, counting and listing them, where the strict way refuses the file.</summary>
    public bool SkipBadRows { get; init; }
}
