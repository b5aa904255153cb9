using System.Text.Json;
using Commonwatt.Node.Tests.People;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>The description of the interface is of the whole node, and says what its table of rights says.</summary>
public sealed class DescriptionTests
{
    private const string Prefix = "/api/v1/";

    private static readonly string[] WithKey = ["post /api/v1/clients", "post /api/v1/invitations", "post /api/v1/readings"];

    [Fact]
    public async Task Each_endpoint_is_described_with_its_refusals_and_the_headers_it_takes()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser nobody = node.Browser();
        var described = (await nobody.GetAsync("/openapi/v1.json")).Is(200).Json.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", Operation: operation.Value)))
            .ToDictionary(one => one.Name, one => one.Operation);
        var wrong = new List<string>();
        foreach ((string endpoint, string[] allowed) in AccessTable.Entries.Where(entry => entry.Value.Length > 0 && entry.Key.Split(' ')[1].StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string name = NameOf(endpoint);
            if (!described.Remove(name, out JsonElement operation))
            {
                wrong.Add($"{name} is not described");
                continue;
            }

            bool isForEverybody = allowed.Contains(AccessTable.Nobody);
            Check(operation.TryGetProperty("summary", out JsonElement summary) && summary.GetString()!.Length >= 5, $"{name}: summary");
            Check(isForEverybody != Refuses(operation, 401), $"{name}: 401");
            Check(isForEverybody || Refuses(operation, 403), $"{name}: 403");
            Check(isForEverybody != operation.TryGetProperty("security", out _), $"{name}: security");
            Check((!name.StartsWith("get ", StringComparison.Ordinal) && name is not ("post /api/v1/token" or "post /api/v1/readings")) == Takes(operation, "X-Commonwatt"), $"{name}: X-Commonwatt");
            Check(WithKey.Contains(name) == Takes(operation, "Idempotency-Key") && WithKey.Contains(name) == Refuses(operation, 422), $"{name}: Idempotency-Key");
            Check(Refuses(operation, 304) == Takes(operation, "If-None-Match"), $"{name}: If-None-Match");
        }

        // What nobody may use has no policy that could be described.
        described.Remove("get /api/v1/forgotten");
        wrong.AddRange(described.Keys.Select(name => $"{name} does not stand in the table"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        void Check(bool isSo, string what)
        {
            if (!isSo)
            {
                wrong.Add(what);
            }
        }
    }

    // Types of what stands in a path are for the server alone.
    private static string NameOf(string endpoint)
    {
        string[] parts = endpoint.Split(' ');
        return $"{parts[0].ToLowerInvariant()} {parts[1].Replace(":long}", "}", StringComparison.Ordinal)}";
    }

    private static bool Refuses(JsonElement operation, int status) => operation.GetProperty("responses").TryGetProperty($"{status}", out _);

    private static bool Takes(JsonElement operation, string header) =>
        operation.TryGetProperty("parameters", out JsonElement parameters)
        && parameters.EnumerateArray().Any(one => one.GetProperty("in").GetString() == "header" && one.GetProperty("name").GetString() == header);
}
