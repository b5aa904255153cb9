using System.Text.RegularExpressions;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Tests.Abuse;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Tests.People;

public partial class AccessTests
{
    [Fact]
    public async Task Every_endpoint_is_tried_with_every_role_and_opens_to_those_of_the_table_alone()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        // Somebody must be left to run the community, whoever is erased on the way.
        node.SignedIn(Roles.Manager).Dispose();
        var wrong = new List<string>();
        foreach (string endpoint in node.Endpoints.SelectMany(NamesOf).Distinct())
        {
            if (!AccessTable.Entries.TryGetValue(endpoint, out string[]? allowed))
            {
                wrong.Add($"{endpoint} does not stand in the table");
                continue;
            }

            foreach (string sender in AccessTable.Senders)
            {
                Answer answer = await TryAsync(node, endpoint, sender);
                bool isOpen = !IsRefused(answer);
                int expected = sender == AccessTable.Nobody ? 401 : 403;
                if (isOpen != allowed.Contains(sender) || (!isOpen && answer.Status != expected))
                {
                    wrong.Add($"{endpoint} by {sender}: {answer.Status} {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_table_has_no_endpoints_that_are_gone()
    {
        await using WholeNode node = await WholeNode.StartAsync();

        Assert.Empty(AccessTable.Entries.Keys.Except(node.Endpoints.SelectMany(NamesOf)));
    }

    [Fact]
    public async Task A_member_sees_nothing_of_another_wherever_he_asks()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        Address hers = Address.OfName("hers");
        await node.RegisterAsync(hers);
        await node.RegisterAsync(Address.OfName("his"));
        Services(node).EnsureDemoPerson("secret-person", "Secret Name", [Roles.Member], hers.ToString());
        using Browser she = node.SignedInAs("secret-person");
        Assert.Equal(1, (await she.GetAsync("session")).Json.GetProperty("person").GetProperty("memberNumber").GetInt32());
        using Browser he = node.SignedIn(Address.OfName("his"), Roles.Member);
        var leaks = new List<string>();
        foreach (string path in node.Endpoints.SelectMany(NamesOf).Where(name => name.StartsWith("GET /api/", StringComparison.Ordinal)).Distinct().Select(name => name[4..]))
        {
            foreach (string value in (string[])["secret-person", "1", "1-2026-11", hers.ToString()])
            {
                Answer answer = await he.GetAsync(Parameter().Replace(path, value));
                if (answer.Text.Contains("Secret Name", StringComparison.Ordinal) || (answer.Status < 400 && answer.Text.Contains("secret-person", StringComparison.Ordinal)))
                {
                    leaks.Add($"{path} with {value}: {answer.Text}");
                }
            }
        }

        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
        (await he.GetAsync("me/invoices/1-2026-11")).Is(404);
        (await he.GetAsync($"ledger/accounts/{hers}/proof")).Is(404);
        Answer account = (await he.GetAsync($"ledger/accounts/{hers}")).Is(200);
        Assert.False(account.Json.TryGetProperty("balance", out var balance) && balance.ValueKind == System.Text.Json.JsonValueKind.Number);
    }

    private static PeopleStore Services(WholeNode node) => (PeopleStore)node.Services.GetService(typeof(PeopleStore))!;

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        string path = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
        IReadOnlyList<string> methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Select(method => $"{method} {path}");
    }

    // A refusal for who asks; the wrong password, token and passkey of who may ask are no such.
    private static bool IsRefused(Answer answer) => answer.Status is 401 or 403 && answer.Code is "not-signed-in" or "wrong-role" or "cross-site";

    private static async Task<Answer> TryAsync(WholeNode node, string endpoint, string sender)
    {
        string[] parts = endpoint.Split(' ');
        var method = HttpMethod.Parse(parts[0]);
        string path = Parameter().Replace(parts[1], "none");
        using Browser browser = sender == AccessTable.Nobody ? node.Browser() : sender.Contains(':', StringComparison.Ordinal) ? node.Machine(sender) : node.SignedIn(sender);
        return method == HttpMethod.Get ? await browser.GetAsync(path) : await browser.SendAsync(method, path, new { });
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
