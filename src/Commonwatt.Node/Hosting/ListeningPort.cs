using System.Net;
using System.Net.Sockets;

namespace Commonwatt.Node.Hosting;

/// <summary>Whether a node can listen where it is to, found out before anything else is done.</summary>
internal static class ListeningPort
{
    /// <summary>Makes sure that the port can be had.</summary>
    /// <param name="listen">Where the node is to listen, such as <c>http://127.0.0.1:7100</c>; port 0 is any that is free.</param>
    /// <param name="instead">How to choose another port, a sentence's end such as <c>--port N.</c></param>
    /// <exception cref="IOException">It cannot; the message names the port and says what to do.</exception>
    public static void Require(string listen, string instead)
    {
        var uri = new Uri(listen);
        if (uri.Port == 0)
        {
            return;
        }

        IPAddress address = uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? IPAddress.Parse(uri.DnsSafeHost) : IPAddress.Loopback;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, uri.Port));
            socket.Listen();
        }
        catch (SocketException refused)
        {
            throw new IOException($"Nothing was started: {Reason(refused, uri)} {(refused.SocketErrorCode == SocketError.AddressAlreadyInUse ? "Stop that one, or choose" : "Choose")} another port with {instead}", refused);
        }
    }

    private static string Reason(SocketException refused, Uri uri) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"the port {uri.Port} of {uri.Host} is in use by another program, maybe by a Commonwatt that runs already.",
        SocketError.AccessDenied => $"this system does not let you listen at the port {uri.Port}: those below 1024 are the administrator's.",
        SocketError.AddressNotAvailable => $"{uri.Host} is not an address of this machine, so that nothing can listen there.",
        _ => $"the port {uri.Port} of {uri.Host} cannot be listened at ({refused.Message}).",
    };
}
