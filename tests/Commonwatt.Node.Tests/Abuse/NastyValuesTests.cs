using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.People;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>Every parameter and every field that the interface describes gets values that nobody means well with. None may make the node fail.</summary>
public sealed partial class NastyValuesTests
{
    private static readonly string[] Texts =
    [
        "'; DROP TABLE people; --", "' OR '1'='1", "%00", "a%00b", "%C0%AF", "%ED%A0%80", "..%2F..%2F..%2Fetc%2Fpasswd", "%0D%0ASet-Cookie:%20mark=1", "<script>alert(1)</script>", "=1+1",
        "-1", "0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e400", "NaN", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12", "1-9998-12", "1970-01",
        "\ud83d\ude00", "\u202eabc", "*", "%25", "null", "[]", "cw000000000000000000000000000000000000000000000000",
    ];

    private static readonly string[] Fields =
    [
        "null", "[]", "{}", "true", "-1", "0", "9223372036854775807", "9223372036854775808", "1e400", "1.5", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"'; DROP TABLE people; --\"", "[null]", "[[]]", "[{}]",
        "\"9999-12-31T23:59:59Z\"", "\"\\r\\nSet-Cookie: mark=1\"",
    ];

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task No_value_of_a_parameter_makes_the_node_fail(string kind)
    {
        await using WholeNode node = await WholeNode.StartAsync(kind);
        using Browser everybody = await EverybodyAsync(node);
        JsonElement paths = (await everybody.GetAsync("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var faults = new List<string>();
        int tried = 0;
        foreach ((string method, string path, JsonElement operation) in Operations(paths).Where(one => one.Method is "get" or "delete" && one.Path != "/api/v1/live"))
        {
            string[] query = Parameters(operation, "query");
            string[] values = [.. Texts, new string('x', 4000)];
            foreach (string value in values.Where(_ => query.Length > 0 || path.Contains('{', StringComparison.Ordinal)))
            {
                // What stands in the path is not to be a path of its own.
                string filled = Slot().Replace(path, value.Replace("<", "%3C", StringComparison.Ordinal));
                string asked = filled + (query.Length == 0 ? "" : "?" + string.Join('&', query.Select(name => $"{name}={value.Replace("+", "%2B", StringComparison.Ordinal)}")));
                await TryAsync(asked);
                foreach (string name in query)
                {
                    await TryAsync($"{Slot().Replace(path, "1")}?{name}={value.Replace("+", "%2B", StringComparison.Ordinal)}");
                }
            }

            async Task TryAsync(string asked)
            {
                tried++;
                Answer answer = await everybody.SendAsync(new HttpMethod(method.ToUpperInvariant()), asked);
                Note(faults, $"{method} {asked}", answer);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
        Assert.True(tried > 1000, $"Only {tried} requests were made: the description lacks parameters.");
        // Whatever was sent, everything is still there.
        (await everybody.GetAsync("people")).Is(200);
        (await everybody.GetAsync("community")).Is(200);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task No_value_of_a_field_makes_the_node_fail(string kind)
    {
        await using WholeNode node = await WholeNode.StartAsync(kind);
        using Browser everybody = await EverybodyAsync(node);
        using Browser machine = node.Machine([.. Scopes.All]);
        JsonElement description = (await everybody.GetAsync("/openapi/v1.json")).Is(200).Json;
        var faults = new List<string>();
        foreach ((string method, string path, JsonElement operation) in Operations(description.GetProperty("paths")).Where(one => one.Method is "post" or "put" or "patch" && !one.Path.EndsWith("/erase", StringComparison.Ordinal)))
        {
            Browser sender = path.EndsWith("/readings", StringComparison.Ordinal) ? machine : everybody;
            string asked = Slot().Replace(path, "1");
            string[] names = [.. FieldsOf(description, operation)];
            string[] bodies =
            [
                "", "null", "[]", "\"x\"", "{", "{\"a\":1,\"a\":2}", new string('[', 5000), "{\"name\":\"" + new string('x', 60_000) + "\"}", "\ufeff{}",
                .. names.SelectMany(name => Fields.Select(value => $"{{{Quoted(name)}:{value}}}")),
                .. Fields.Select(value => $"{{{string.Join(',', names.Select(name => $"{Quoted(name)}:{value}"))}}}"),
                .. Fields.Select(value => $"{{\"readings\":[{{\"meter\":{value},\"at\":{value},\"importWh\":{value},\"exportWh\":{value},\"powerW\":{value},\"assets\":[{{\"name\":{value},\"kind\":{value},\"powerW\":{value}}}]}}]}}"),
            ];
            foreach (string body in bodies)
            {
                Note(faults, $"{method} {asked} {(body.Length > 200 ? body[..200] : body)}", await sender.SendAsync(new HttpMethod(method.ToUpperInvariant()), asked, new StringContent(body, Encoding.UTF8, "application/json")));
            }

            foreach (string type in (string[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-7"])
            {
                var content = new ByteArrayContent([0xc0, 0xaf, 0, 0xff]);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                Note(faults, $"{method} {asked} {type}", await sender.SendAsync(new HttpMethod(method.ToUpperInvariant()), asked, content));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
        (await everybody.GetAsync("people")).Is(200);
    }

    // One who may do everything, so that nothing is refused before its values are looked at.
    private static async Task<Browser> EverybodyAsync(WholeNode node)
    {
        await node.RegisterAsync("everybody");
        node.SignedIn(Roles.Manager).Dispose();
        return node.SignedIn(Address.OfName("everybody"), [.. Roles.All]);
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(JsonElement paths) =>
        from path in paths.EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Value.ValueKind == JsonValueKind.Object && !(operation.Name == "delete" && path.Name is "/api/v1/account" or "/api/v1/session")
        select (operation.Name, path.Name, operation.Value);

    private static string[] Parameters(JsonElement operation, string place) => operation.TryGetProperty("parameters", out JsonElement parameters)
        ? [.. parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == place).Select(one => one.GetProperty("name").GetString()!)]
        : [];

    private static IEnumerable<string> FieldsOf(JsonElement description, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out JsonElement body) || !body.GetProperty("content").TryGetProperty("application/json", out JsonElement json))
        {
            return ["credential", "email", "password", "code", "name"];
        }

        JsonElement schema = json.GetProperty("schema");
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(one => one.Name).ToArray() : [];
    }

    private static void Note(List<string> faults, string asked, Answer answer)
    {
        // 503 says that the node is busy, and would be a fault here too.
        if (answer.Status >= 500 || answer.Headers.ContainsKey("mark") || answer.Headers.Any(header => header.Value.Contains("mark=1", StringComparison.Ordinal)))
        {
            faults.Add($"{asked}: {answer.Status} {answer.Text}");
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Slot();
}
