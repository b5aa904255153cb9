using System.Text.RegularExpressions;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.People;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Tests.Databases;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Commonwatt.Node.Tests.People;

public partial class AccessTests
{
    [Fact]
    public async Task Every_endpoint_is_tried_with_every_role_and_opens_to_those_of_the_table_alone()
    {
        using var projections = new TestDatabase("sqlite");
        await using PeopleRig rig = await StartAsync(projections);
        // Somebody must be left to run the community, whoever is erased on the way.
        rig.SignedIn(Roles.Manager);
        var wrong = new List<string>();
        foreach (string endpoint in rig.Endpoints.SelectMany(NamesOf).Distinct())
        {
            if (!AccessTable.Entries.TryGetValue(endpoint, out string[]? allowed))
            {
                wrong.Add($"{endpoint} does not stand in the table");
                continue;
            }

            foreach (string sender in AccessTable.Senders)
            {
                Answer answer = await TryAsync(rig, endpoint, sender);
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
        using var projections = new TestDatabase("sqlite");
        await using PeopleRig rig = await StartAsync(projections);

        Assert.Empty(AccessTable.Entries.Keys.Except(rig.Endpoints.SelectMany(NamesOf)));
    }

    // All parts that have endpoints. The tables are empty: who may ask is decided before they are read.
    private static Task<PeopleRig> StartAsync(TestDatabase projections) => PeopleRig.StartAsync(further: database =>
    {
        var facts = new CommunityFacts { Name = "Test", LedgerId = "none", TimeZone = DateTimeZone.Utc, Currency = "EUR", Clock = TimeProvider.System };
        Database tables = projections.Open();
        new ProjectionStore(tables, Hash.Of("a ledger without blocks"u8)).Prepare();
        return [new CommunityPart(facts, tables, database, TimeProvider.System)];
    });

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        string path = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
        IReadOnlyList<string> methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Select(method => $"{method} {path}");
    }

    // A refusal for who asks; the wrong password, token and passkey of who may ask are no such.
    private static bool IsRefused(Answer answer) => answer.Status is 401 or 403 && answer.Code is "not-signed-in" or "wrong-role" or "cross-site";

    private static async Task<Answer> TryAsync(PeopleRig rig, string endpoint, string sender)
    {
        string[] parts = endpoint.Split(' ');
        var method = HttpMethod.Parse(parts[0]);
        string path = Parameter().Replace(parts[1], "none");
        using Browser browser = sender is AccessTable.Nobody or AccessTable.Client ? rig.Browser() : rig.SignedIn(sender).Browser;
        browser.Bearer = sender == AccessTable.Client ? rig.Token(Scopes.WriteReadings) : null;
        return method == HttpMethod.Get ? await browser.GetAsync(path) : await browser.SendAsync(method, path, new { });
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
