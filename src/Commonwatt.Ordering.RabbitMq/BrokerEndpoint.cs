using System.Globalization;
using System.Net;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Where a node of the broker takes connections.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">A port, 1 to 65535.</param>
public sealed record BrokerEndpoint(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>, or <c>[address]:port</c> for an address of IPv6.</summary>
    /// <returns>Null where <paramref name="text"/> is none.</returns>
    public static BrokerEndpoint? TryParse(string? text)
    {
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            return null;
        }

        string host = text![..colon];
        string bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        return Uri.CheckHostName(bare) == UriHostNameType.Unknown || (bare.Contains(':', StringComparison.Ordinal) && bare == host) ? null : new BrokerEndpoint(bare, port);
    }

    /// <summary>Whether what is sent there stays on this machine.</summary>
    public bool IsThisMachine => Host is "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
