namespace Commonwatt.Node.People;

/// <summary>What a person is in the community, and what a machine client may do.</summary>
internal static class Roles
{
    /// <summary>Consumes, produces and trades.</summary>
    public const string Member = "member";

    /// <summary>Runs the community.</summary>
    public const string Manager = "manager";

    /// <summary>Runs the grid that the community is connected to.</summary>
    public const string Dso = "dso";

    /// <summary>Checks settlement, without names.</summary>
    public const string Auditor = "auditor";

    /// <summary>All roles.</summary>
    public static readonly IReadOnlyList<string> All = [Member, Manager, Dso, Auditor];
}

/// <summary>What a machine client may do.</summary>
internal static class Scopes
{
    /// <summary>Hands in meter readings.</summary>
    public const string WriteReadings = "readings:write";

    /// <summary>Reads what everybody may read.</summary>
    public const string ReadCommunity = "community:read";

    /// <summary>Reads the settlement of all.</summary>
    public const string ReadSettlement = "settlement:read";

    /// <summary>Reads what the node counts.</summary>
    public const string ReadMetrics = "metrics:read";

    /// <summary>All scopes.</summary>
    public static readonly IReadOnlyList<string> All = [WriteReadings, ReadCommunity, ReadSettlement, ReadMetrics];
}
