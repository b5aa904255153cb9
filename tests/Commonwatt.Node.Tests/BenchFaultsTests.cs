using System.Text.Json;

namespace Commonwatt.Node.Tests;

public class BenchFaultsTests
{
    [Fact]
    public async Task Runs_are_counted_and_what_was_found_is_listed_by_seed()
    {
        Ran ran = await Ran.Of("bench", "faults", "--first", "5", "--seeds", "3", "--json");

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        using var json = JsonDocument.Parse(ran.Output);
        Assert.Equal(3, json.RootElement.GetProperty("runs").GetInt32());
        Assert.True(json.RootElement.GetProperty("counts").GetProperty("crashes").GetInt64() > 0);
        Assert.Equal(0, json.RootElement.GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public async Task A_seed_is_replayed_alone()
    {
        Ran ran = await Ran.Of("bench", "faults", "--first", "7", "--seeds", "1");

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Contains("1, seeds 7 to 7", ran.Output, StringComparison.Ordinal);
        Assert.Contains("faults found", ran.Output, StringComparison.Ordinal);
    }
}
