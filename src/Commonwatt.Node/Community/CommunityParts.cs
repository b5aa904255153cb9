using Commonwatt.Node.Configuration;
using Commonwatt.Node.Pages;
using Commonwatt.Node.Telemetry;

namespace Commonwatt.Node.Community;

/// <summary>The parts that a community's node has, by its configuration.</summary>
internal static class CommunityParts
{
    /// <summary>Puts them together; what else is to stand before the pages is added by the caller.</summary>
    /// <param name="community">What the node does for the community.</param>
    /// <param name="surroundings">What the parts run in.</param>
    /// <param name="further">Adds parts that stand before the pages, or null.</param>
    public static CommunityAssembly Of(CommunityConfiguration community, CommunitySurroundings surroundings, Action<CommunityAssembly>? further = null)
    {
        var assembly = new CommunityAssembly();
        if (community.TelemetryEndpoint is not null || community.HasMetricsPage)
        {
            assembly.Add(host => new TelemetryPart(community.TelemetryEndpoint, host.Address?.ToString() ?? "follower", community.HasMetricsPage));
        }

        further?.Invoke(assembly);
        if (community.HasPages)
        {
            assembly.Add(_ => BuiltPages.Find(community.PagesFolder, surroundings.Log));
        }

        return assembly;
    }
}

/// <summary>What a community's parts run in.</summary>
/// <param name="Clock">The community's clock, which the ledger runs by.</param>
/// <param name="Speed">How many seconds of the community pass in one.</param>
/// <param name="Wall">The clock of the world outside, for sessions and the like.</param>
/// <param name="Log">Told what whoever runs the node should know.</param>
internal sealed record CommunitySurroundings(TimeProvider Clock, double Speed, TimeProvider Wall, Action<string> Log);
