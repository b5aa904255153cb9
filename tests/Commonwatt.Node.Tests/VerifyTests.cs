using System.Text.Json;

namespace Commonwatt.Node.Tests;

public class VerifyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("this is no ledger, but a letter to a friend who waits for it")]
    public async Task What_is_no_ledger_fails_the_check(string text)
    {
        using ScratchFolder scratch = new();
        string path = scratch.Write("community.ledger", text);

        Ran ran = await Ran.Of("verify", path);

        Assert.Equal(ExitCode.CheckFailed, ran.ExitCode);
        Assert.StartsWith($"{path} is not right", ran.Output, StringComparison.Ordinal);
        Assert.Empty(ran.Error);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tip_that_is_no_hash_is_refused()
    {
        using ScratchFolder scratch = new();

        Ran ran = await Ran.Of("verify", scratch.Write("community.ledger", "x"), "--tip", "12ab");

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith("--tip: '12ab' is not a hash: give 64 hexadecimal digits, as the report shows them.", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_what_is_wrong_in_one_object()
    {
        using ScratchFolder scratch = new();

        Ran ran = await Ran.Of("verify", scratch.Write("community.ledger", "nothing of the kind"), "--json");

        using JsonDocument json = JsonDocument.Parse(ran.Output);
        Assert.Equal(ExitCode.CheckFailed, ran.ExitCode);
        Assert.False(json.RootElement.GetProperty("right").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("blocks").GetInt64());
        Assert.NotEmpty(json.RootElement.GetProperty("fault").GetString()!);
    }
}
