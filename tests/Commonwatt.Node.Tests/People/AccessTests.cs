using System.Text.RegularExpressions;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Tests.People;

public partial class AccessTests
{
    [Fact]
    public async Task Every_endpoint_is_tried_with_every_role_and_opens_to_those_of_the_table_alone()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
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
        await using PeopleRig rig = await PeopleRig.StartAsync();

        Assert.Empty(AccessTable.Entries.Keys.Except(rig.Endpoints.SelectMany(NamesOf)));
    }

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
