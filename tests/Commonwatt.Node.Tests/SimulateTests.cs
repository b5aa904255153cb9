using System.Text.Json;

namespace Commonwatt.Node.Tests;

public sealed class SimulateTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_day_of_two_homes_leaves_every_file_and_a_ledger_that_verifies()
    {
        string folder = scratch.File("out");

        Ran ran = await Ran.Of("simulate", Scenario(), "--out", folder, "--json");

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Empty(ran.Error);
        Assert.Equal(
            ["community.ledger", "prices.csv", "report.html", "settlement.csv", "summary.json", "trades.csv"],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using JsonDocument summary = JsonDocument.Parse(ran.Output);
        Assert.Equal(24, summary.RootElement.GetProperty("periods").GetInt32());
        Assert.Equal(2, summary.RootElement.GetProperty("members").GetInt32());
        Assert.Equal(0m, summary.RootElement.GetProperty("residual").GetDecimal());
        Assert.True(summary.RootElement.GetProperty("tradedKwh").GetDecimal() > 0);

        Ran verified = await Ran.Of("verify", Path.Combine(folder, "community.ledger"), "--json");

        using JsonDocument finding = JsonDocument.Parse(verified.Output);
        Assert.Equal(ExitCode.Done, verified.ExitCode);
        Assert.Equal(
            summary.RootElement.GetProperty("ledger").GetProperty("tip").GetString(),
            finding.RootElement.GetProperty("tip").GetString());
    }

    [Fact]
    public async Task One_changed_byte_of_the_ledger_fails_the_check()
    {
        string folder = scratch.File("out");
        await Ran.Of("simulate", Scenario(), "--out", folder);
        string path = Path.Combine(folder, "community.ledger");
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        Ran ran = await Ran.Of("verify", path);

        Assert.Equal(ExitCode.CheckFailed, ran.ExitCode);
        Assert.StartsWith($"{path} is not right at height", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_after_a_block_is_found_by_the_tip_that_was_told()
    {
        string folder = scratch.File("out");
        Ran simulated = await Ran.Of("simulate", Scenario(), "--out", folder, "--json");
        using JsonDocument summary = JsonDocument.Parse(simulated.Output);
        string tip = summary.RootElement.GetProperty("ledger").GetProperty("tip").GetString()!;
        string path = Path.Combine(folder, "community.ledger");

        Assert.Equal(ExitCode.Done, (await Ran.Of("verify", path, "--tip", tip)).ExitCode);
        Ran other = await Ran.Of("verify", path, "--tip", new string('0', 64));

        Assert.Equal(ExitCode.CheckFailed, other.ExitCode);
        Assert.Contains($"The file ends with the block {tip}, not with 0000", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_name_for_the_results_is_refused()
    {
        Ran ran = await Ran.Of("simulate", Scenario(), "--out", "");

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith("No folder is named for the results: name one with --out", ran.Error, StringComparison.Ordinal);
    }

    // With signatures, which hold a random number each, only the accounts are the same and not the tip.
    [Fact]
    public async Task The_same_seed_gives_the_same_tip_and_another_one_another()
    {
        string first = await Tip("1");
        string again = await Tip("1");
        string other = await Tip("2");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task People_are_told_the_figures_and_what_to_open()
    {
        Ran ran = await Ran.Of("simulate", Scenario(), "--out", scratch.File("out"), "--signatures", "off", "--perfect-forecast", "--mechanism", "pair-midpoint");

        Assert.Contains("Two homes: 2 members, 24 periods, cleared by pair-midpoint", ran.Output, StringComparison.Ordinal);
        Assert.Contains("sum of all accounts      0, as it must be", ran.Output, StringComparison.Ordinal);
        Assert.Contains($"Open {Path.Combine(scratch.File("out"), "report.html")}", ran.Output, StringComparison.Ordinal);
    }

    private async Task<string> Tip(string seed)
    {
        Ran ran = await Ran.Of("simulate", Scenario(), "--out", scratch.File("out"), "--signatures", "off", "--seed", seed, "--json");
        using JsonDocument summary = JsonDocument.Parse(ran.Output);
        return summary.RootElement.GetProperty("ledger").GetProperty("tip").GetString()!;
    }

    private string Scenario() => scratch.Write("scenario.json", """
        {
          "name": "Two homes", "timeZone": "Europe/Lisbon", "currency": "EUR", "start": "2024-06-01", "days": 1, "period": "PT1H",
          "tariffs": { "retail": 0.2, "feedIn": 0.05 },
          "members": [
            { "id": "h01", "load": { "household": 3000 } },
            { "id": "h02", "load": { "household": 2000 }, "pv": { "kWp": 5 } }
          ]
        }
        """);
}
