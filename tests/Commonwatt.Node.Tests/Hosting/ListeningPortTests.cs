using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Commonwatt.Node.Founding;

namespace Commonwatt.Node.Tests.Hosting;

/// <summary>A port that is taken is found out before anything is made.</summary>
public sealed class ListeningPortTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly TcpListener other = new(IPAddress.Loopback, 0);

    public ListeningPortTests() => other.Start();

    private string Port => ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        other.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_demo_makes_no_history_and_deletes_no_earlier_one()
    {
        Directory.CreateDirectory(scratch.File("demo"));
        scratch.Write("demo/demo.json", """{ "kind": "commonwatt demo", "homes": 24, "seed": 1, "firstDay": "2026-10-07", "endMs": 0 }""");

        Ran ran = await Ran.Of("demo", "--port", Port, "--fresh", "--folder", scratch.File("demo"));

        Assert.Equal((ExitCode.WrongInput, ""), (ran.ExitCode, ran.Output));
        Assert.StartsWith($"Nothing was started: the port {Port} of 127.0.0.1 is in use by another program", ran.Error, StringComparison.Ordinal);
        Assert.EndsWith("Stop that one, or choose another port with --port N.", ran.Error.Trim(), StringComparison.Ordinal);
        Assert.Equal(["demo.json"], Directory.EnumerateFileSystemEntries(scratch.File("demo")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_node_opens_no_tables()
    {
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        string[] before = Files(folder);

        Ran ran = await Ran.Of("node", "--config", folder.Configuration, "--listen", $"http://127.0.0.1:{Port}");

        Assert.Equal((ExitCode.WrongInput, ""), (ran.ExitCode, ran.Output));
        Assert.StartsWith($"Nothing was started: the port {Port} of 127.0.0.1 is in use by another program", ran.Error, StringComparison.Ordinal);
        Assert.Contains("--listen", ran.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));
    }

    private static string[] Files(CommunityFolder folder) => [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
