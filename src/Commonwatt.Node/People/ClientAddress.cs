using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Where a request came from, as far as it tells clients apart.</summary>
internal static class ClientAddress
{
    /// <summary>An address of IPv4, or the network of 64 bits of one of IPv6: whoever has one has all of them.</summary>
    public static string Of(HttpContext context)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"{new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]])}/64" : address.ToString();
    }
}
