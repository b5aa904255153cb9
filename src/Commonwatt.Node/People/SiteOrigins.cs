using System.Net;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Where the community's own pages come from. What another site's page sends is not theirs.</summary>
/// <param name="settings">What the community decided.</param>
internal sealed class SiteOrigins(PeopleSettings settings)
{
    /// <summary>Whether an origin is the community's own.</summary>
    /// <param name="request">The request that was sent from there.</param>
    /// <param name="origin">The origin as the browser writes it: scheme, host and port.</param>
    public bool IsOwn(HttpRequest request, string origin)
    {
        if (settings.Origins.Count > 0)
        {
            return settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
        }

        // The host is compared with what is configured too: a name of somebody else's that leads to this machine is not the community's.
        return string.Equals(origin, Of(request), StringComparison.OrdinalIgnoreCase) && IsKnown(request.Host.Host);
    }

    /// <summary>Whether a request names the community's host. Where origins are configured nothing depends on it.</summary>
    public bool IsOwnHost(HttpRequest request) => settings.Origins.Count > 0 || IsKnown(request.Host.Host);

    /// <summary>Where the pages are, for links to them.</summary>
    public string For(HttpRequest request) => settings.Origins is [var first, ..] ? first : Of(request);

    private static string Of(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";

    private bool IsKnown(string host) =>
        string.Equals(host, settings.RelyingParty, StringComparison.OrdinalIgnoreCase)
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
