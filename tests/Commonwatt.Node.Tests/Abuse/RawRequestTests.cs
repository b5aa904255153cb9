using System.Net.Sockets;
using System.Text;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.People;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>Requests that no browser sends, written to the connection as they are.</summary>
public sealed class RawRequestTests
{
    [Fact]
    public async Task Paths_out_of_the_folder_of_the_pages_lead_nowhere()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        foreach (string path in (string[])
            ["/../community/node.json", "/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fcommunity%2fnode.json", "/assets/..%2f..%2fcommunity/node.json", "/%5c..%5c..%5cnode.json",
             "//etc/passwd", "/./../community/keys/manager.pem", "/assets/%2e%2e%2f%2e%2e%2fcommunity%2fkeys%2fmanager.pem", "/index.html%00.png", "/C:/Windows/win.ini"])
        {
            string answer = await AskAsync(node, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE KEY", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("timeZone", answer, StringComparison.Ordinal);
            Assert.Matches("^HTTP/1.1 (400|404|200)", answer);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nInjected: b\r\n\0: x\r\n\r\n", 400)]
    [InlineData("POST /api/v1/session/password HTTP/1.1\r\nHost: localhost\r\nX-Commonwatt: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n", 413)]
    [InlineData("POST /api/v1/session/password HTTP/1.1\r\nHost: localhost\r\nX-Commonwatt: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", 400)]
    [InlineData("POST /api/v1/session/password HTTP/1.1\r\nHost: localhost\r\nX-Commonwatt: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n", 400)]
    public async Task What_is_no_request_is_refused_and_the_connection_closed(string request, int status)
    {
        await using WholeNode node = await WholeNode.StartAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(node, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_addresses_have_their_measure()
    {
        await using WholeNode node = await WholeNode.StartAsync();

        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync(node, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await AskAsync(node, $"GET /{new string('x', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        string many = string.Concat(Enumerable.Range(0, 200).Select(number => $"X{number}: x\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync(node, $"GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"ema\r\n")]
    [InlineData("Content-Length: 60000", "{\"ema")]
    public async Task A_body_that_never_ends_is_cut_off(string length, string beginning)
    {
        await using WholeNode node = await WholeNode.StartAsync();

        string answer = await AskAsync(
            node, $"POST /api/v1/session/password HTTP/1.1\r\nHost: localhost\r\nX-Commonwatt: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n{length}\r\n\r\n{beginning}");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_chunks_is_measured_as_it_comes()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        var body = new StringBuilder("{\"email\":\"");
        string chunk = new('x', 4000);
        string chunks = string.Concat(Enumerable.Range(0, 30).Select(_ => $"fa0\r\n{chunk}\r\n"));

        string answer = await AskAsync(
            node,
            "POST /api/v1/session/password HTTP/1.1\r\nHost: localhost\r\nX-Commonwatt: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{body.Length:x}\r\n{body}\r\n{chunks}");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_from_one_address_is_refused_and_members_are_served()
    {
        await using WholeNode node = await WholeNode.StartAsync(limits: PeopleRig.NoLimits with { RequestsAtOnce = 30, RequestsPerSecond = 1 });
        await node.RegisterAsync("flooded");
        using Browser member = node.SignedIn(Roles.Manager);
        using Browser nobody = node.Browser();
        string[] paths = ["ledger/events/1/0/proof", "settlement.csv", "ledger/blocks", "live", "prices"];

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => nobody.GetAsync(paths[number % paths.Length])));

        Assert.True(answers.Count(answer => answer.Status == 429) >= 140);
        Assert.DoesNotContain(answers, answer => answer.Status >= 500);
        (await member.GetAsync("settlement.csv")).Is(200);
    }

    private static async Task<string> AskAsync(WholeNode node, string request)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", node.Site.Port, cancel);
        await using NetworkStream stream = connection.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancel);
            await stream.CopyToAsync(answer, cancel);
        }
        catch (IOException)
        {
            // The node has closed the connection, and what it said before is there.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
