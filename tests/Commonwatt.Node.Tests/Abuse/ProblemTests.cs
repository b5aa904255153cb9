using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.People;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>Whatever is wrong with a request, its answer has a code for programs and a sentence of ours.</summary>
public sealed class ProblemTests
{
    private static readonly string[] FrameworksWords = ["Implicit body", "Failed to", "BytePosition", "System.", "Commonwatt.", "parameter \"", "converted", "Required parameter", "reader options"];

    [Fact]
    public async Task A_body_that_cannot_be_read_is_answered_with_where_it_is_wrong_and_what_would_be_right()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser machine = node.Machine("readings:write");

        await IsAsync(machine, "{\"readings\":[}", "wrong-json", "$.readings[0]", "The body is not JSON at line 1, byte 14, in $.readings[0]: '}' is an invalid start of a value.");
        await IsAsync(machine, "[]", "wrong-json", field: null, "$ (line 1, byte 2) is to be an object, in braces.");
        await IsAsync(machine, "{\"readings\":7}", "wrong-json", "$.readings", "is to be a list, in brackets.");
        await IsAsync(machine, "{\"readings\":[{\"meter\":7}]}", "wrong-json", "$.readings[0].meter", "is to be a text in quotes.");
        await IsAsync(machine, "{\"readings\":[{},{},{},{\"importWh\":99999999999999999999}]}", "wrong-json", "$.readings[3].importWh", "is to be a whole number, without decimals, up to 9223372036854775807.");
        await IsAsync(machine, "{\"readings\":[{\"importWh\":1.5}]}", "wrong-json", "$.readings[0].importWh", "is to be a whole number, without decimals");
        await IsAsync(machine, "{\"readings\":[{\"importWh\":\"many\"}]}", "wrong-json", "$.readings[0].importWh", "is to be ");
        await IsAsync(machine, "{\"readings\":[],\"readings\":[]}", "wrong-json", "$.readings", "Duplicate property 'readings'");
        await IsAsync(machine, "{\"readings\":[],}", "wrong-json", field: null, "trailing comma");
        await IsAsync(machine, "", "no-body", field: null, "The request has no body");
    }

    [Fact]
    public async Task Unknown_paths_methods_content_types_and_sizes_have_a_code_and_a_sentence_too()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser machine = node.Machine("readings:write", "prices:read");

        IsOurs((await machine.GetAsync("nothing-here")).Is(404, "not-found"));
        IsOurs((await machine.GetAsync("/blocks/nothing-here")).Is(404, "not-found"));
        using Browser manager = node.SignedIn(Roles.Manager);
        IsOurs((await manager.GetAsync("invitations?limit=many")).Is(400));
        Answer method = (await machine.DeleteAsync("prices")).Is(405, "wrong-method");
        IsOurs(method);
        Assert.Equal("GET", method.Headers["Allow"]);
        using var text = new StringContent("readings", Encoding.UTF8, "text/plain");
        IsOurs((await machine.SendAsync(HttpMethod.Post, "readings", text)).Is(415, "wrong-content-type"));
        using var large = new ByteArrayContent(new byte[2 * 1024 * 1024]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        IsOurs((await machine.SendAsync(HttpMethod.Post, "readings", large)).Is(413, "too-large"));
    }

    [Fact]
    public async Task A_script_is_told_how_scripts_send_and_a_wrong_method_is_told_the_right_ones()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser script = node.Browser();
        (script.Origin, script.SendsHeader) = (null, false);

        Answer refused = (await script.PostAsync("transactions", new { })).Is(403, "cross-site");
        Assert.Contains("Authorization: Bearer", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("GET", (await script.DeleteAsync("prices")).Is(405, "wrong-method").Headers["Allow"]);
        Assert.Equal("POST", (await script.GetAsync("readings")).Is(405, "wrong-method").Headers["Allow"]);
    }

    private static async Task IsAsync(Browser browser, string body, string code, string? field, string sentence)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Answer answer = (await browser.SendAsync(HttpMethod.Post, "readings", content)).Is(400, code);
        IsOurs(answer);
        Assert.Contains(sentence, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(field, answer.Json.TryGetProperty("field", out JsonElement named) ? named.GetString() : null);
    }

    private static void IsOurs(Answer answer)
    {
        string sentence = answer.Json.GetProperty("detail").GetString()!;
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(FrameworksWords, words => Assert.DoesNotContain(words, sentence, StringComparison.Ordinal));
        Assert.False(string.IsNullOrEmpty(answer.Code));
    }
}
