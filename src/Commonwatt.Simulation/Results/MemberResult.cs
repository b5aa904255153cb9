namespace Commonwatt.Simulation.Results;

/// <summary>What one member used, traded and paid over the whole run.</summary>
public sealed record MemberResult
{
    /// <summary>The member's identifier in the scenario.</summary>
    public required string Id { get; init; }

    /// <summary>The member's name as people read it; the identifier where the scenario gives none.</summary>
    public required string Name { get; init; }

    /// <summary>How the member bids, such as <c>truthful</c>.</summary>
    public required string Strategy { get; init; }

    /// <summary>What the member used.</summary>
    public required Energy Load { get; init; }

    /// <summary>What the member's PV system made.</summary>
    public required Energy Generation { get; init; }

    /// <summary>What the member's meter took in.</summary>
    public required Energy Import { get; init; }

    /// <summary>What the member's meter gave out.</summary>
    public required Energy Export { get; init; }

    /// <summary>What the member bought from other members.</summary>
    public required Energy Bought { get; init; }

    /// <summary>What the member sold to other members.</summary>
    public required Energy Sold { get; init; }

    /// <summary>What the member paid in all; negative where he was paid.</summary>
    public required Money CostWithMarket { get; init; }

    /// <summary>What the same meter readings would have cost at the utility's tariffs alone.</summary>
    public required Money CostWithoutMarket { get; init; }

    /// <summary>How many readings were missing and stood in for.</summary>
    public long EstimatedReadings { get; init; }

    /// <summary>What the community saved the member; negative where it cost him.</summary>
    public Money Saved => CostWithoutMarket - CostWithMarket;
}
