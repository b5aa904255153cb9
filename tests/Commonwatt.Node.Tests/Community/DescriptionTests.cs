using System.Net.Http.Json;
using System.Text.Json;

namespace Commonwatt.Node.Tests.Community;

/// <summary>The description of the interface is in the words of those who use it.</summary>
public sealed class DescriptionTests
{
    private static readonly string[] Chapters =
    [
        "Account", "Bills and invoices", "Community", "Energy", "Grid", "Home", "Invitations", "Ledger", "Live", "Machines", "Mandates", "Market", "Members", "Overview", "People", "Prices",
        "Readings", "Settlement", "Signing in", "Trading", "Wallet",
    ];

    [Fact]
    public async Task Every_endpoint_stands_in_a_chapter_that_a_user_would_look_for()
    {
        using var scratch = new ScratchFolder();
        await using FoundedCommunity community = await FoundedCommunity.StartAsync(FoundedCommunity.Found(scratch.File("flores")));
        using var client = new HttpClient { BaseAddress = community.Server.Url };

        JsonElement document = await client.GetFromJsonAsync<JsonElement>("openapi/v1.json", TestContext.Current.CancellationToken);

        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            string chapter = Assert.Single(operation.Value.GetProperty("tags").EnumerateArray()).GetString()!;
            Assert.Contains(chapter, Chapters);
            used.Add(chapter);
        }

        Assert.Equal(used, document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!).Where(used.Contains).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(document.GetProperty("tags").EnumerateArray(), tag => !Chapters.Contains(tag.GetProperty("name").GetString(), StringComparer.Ordinal));
    }
}
