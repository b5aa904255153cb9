using System.Text.RegularExpressions;
using Commonwatt.Contracts.Tests.Communities;

namespace Commonwatt.Node.Tests.Community;

/// <summary>What docs/api.md says is so.</summary>
public partial class DocumentationTests
{
    private const string Caller = "sub=b;role=member;role=manager;member=2";

    // Other parts of the node serve these.
    private static readonly string[] OfOtherParts = ["/token", "/clients", "/readings", "/agent", "/gateway", "/invitations", "/live", "/ledger/events/{block}/{eventIndex}", "/ledger/events/{block}/{eventIndex}/proof", "/ledger/…", "/me/…"];

    [Fact]
    public async Task Every_request_is_answered_as_the_page_shows()
    {
        using TestCommunity community = ApiTests.TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);
        MatchCollection examples = Example().Matches(await PageAsync());

        Assert.True(examples.Count >= 6);
        foreach (Match example in examples)
        {
            using HttpResponseMessage response = await api.SendAsync(example.Groups["path"].Value, Caller);
            string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(example.Groups["answer"].Value.Trim(), TraceId().Replace(body, "").ReplaceLineEndings("\n").Trim());
        }
    }

    [Fact]
    public async Task Every_path_the_page_names_is_one()
    {
        using TestCommunity community = ApiTests.TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);
        string[] known = [.. api.Paths().Select(path => path["/api/v1".Length..]), .. OfOtherParts, "/transactions", "/openapi/v1.json"];

        string[] named = [.. NamedPath().Matches(await PageAsync()).Select(match => match.Groups["path"].Value).Where(path => path != "/api/v1").Distinct(StringComparer.Ordinal)];

        Assert.True(named.Length > 20);
        Assert.All(named, path => Assert.Contains(path.StartsWith("/api/v1", StringComparison.Ordinal) ? path["/api/v1".Length..] : path, known));
    }

    private static Task<string> PageAsync()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "docs", "api.md")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("docs/api.md stands in no folder above this one.");
        }

        return File.ReadAllTextAsync(Path.Combine(folder, "docs", "api.md"), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("```http\nGET (?<path>\\S+)\n```\n```(json|csv)\n(?<answer>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    [GeneratedRegex("`(POST )?(?<path>/[a-z][^`]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedPath();

    [GeneratedRegex(",\"traceId\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();
}
