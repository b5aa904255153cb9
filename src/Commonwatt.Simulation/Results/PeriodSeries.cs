namespace Commonwatt.Simulation.Results;

/// <summary>The community's values for each delivery period; all arrays have the same length.</summary>
/// <remarks>
/// Gross and net are kept apart: <see cref="MemberImport"/> adds up what each member's meter took in, while
/// <see cref="CommunityImport"/> is what the community as a whole drew from the grid. The difference came from neighbours.
/// </remarks>
public sealed record PeriodSeries
{
    /// <summary>The price inside the community, the mean weighted by quantity where pairs differ; null where nothing was traded.</summary>
    public required Price?[] LocalPrice { get; init; }

    /// <summary>What was traded inside the community.</summary>
    public required Energy[] Traded { get; init; }

    /// <summary>What the members used.</summary>
    public required Energy[] Load { get; init; }

    /// <summary>What the members' PV systems made.</summary>
    public required Energy[] Generation { get; init; }

    /// <summary>The sum of what each member's meter took in.</summary>
    public required Energy[] MemberImport { get; init; }

    /// <summary>The sum of what each member's meter gave out.</summary>
    public required Energy[] MemberExport { get; init; }

    /// <summary>What the community as a whole drew from the grid.</summary>
    public required Energy[] CommunityImport { get; init; }

    /// <summary>What the community as a whole fed into the grid.</summary>
    public required Energy[] CommunityExport { get; init; }

    /// <summary>What the utility charges.</summary>
    public required Price[] Retail { get; init; }

    /// <summary>What the utility pays for energy fed in.</summary>
    public required Price[] FeedIn { get; init; }

    /// <summary>What the members' batteries gave; null where nobody has one.</summary>
    public Energy[]? BatteryDischarge { get; init; }

    /// <summary>Grid emissions in grams of CO₂ equivalent per kWh; null where the scenario has no intensity series.</summary>
    public double[]? CarbonIntensity { get; init; }

    /// <summary>The number of periods.</summary>
    public int Count => Load.Length;

    /// <summary>Checks that every array has one value a period.</summary>
    /// <exception cref="ArgumentException">An array has another length; the message names it.</exception>
    public void RequireEqualLengths()
    {
        (string Name, int Length)[] arrays =
        [
            (nameof(LocalPrice), LocalPrice.Length),
            (nameof(Traded), Traded.Length),
            (nameof(Generation), Generation.Length),
            (nameof(MemberImport), MemberImport.Length),
            (nameof(MemberExport), MemberExport.Length),
            (nameof(CommunityImport), CommunityImport.Length),
            (nameof(CommunityExport), CommunityExport.Length),
            (nameof(Retail), Retail.Length),
            (nameof(FeedIn), FeedIn.Length),
            (nameof(BatteryDischarge), BatteryDischarge?.Length ?? Count),
            (nameof(CarbonIntensity), CarbonIntensity?.Length ?? Count),
        ];
        foreach ((string name, int length) in arrays)
        {
            if (length != Count)
            {
                throw new ArgumentException($"{name} has {length} values, but there are {Count} periods.");
            }
        }
    }
}
