using System.Text.Json;

namespace Commonwatt.Node.Tests;

/// <summary>A day of two homes as a file of headers, and somebody who follows it without the ledger.</summary>
public sealed class LightClientTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private string ledgerId = "";
    private string tip = "";

    private string Ledger => scratch.File("out/community.ledger");

    private string Headers => scratch.File("community.headers");

    private string Trust => scratch.File("trust.validators");

    public async ValueTask InitializeAsync()
    {
        string scenario = scratch.Write("scenario.json", """
            {
              "name": "Two homes", "timeZone": "Europe/Lisbon", "currency": "EUR", "start": "2024-06-01", "days": 1, "period": "PT1H",
              "tariffs": { "retail": 0.2, "feedIn": 0.05 },
              "members": [{ "id": "h01", "load": { "household": 3000 } }, { "id": "h02", "load": { "household": 2000 }, "pv": { "kWp": 5 } }]
            }
            """);
        await Ran.Of("simulate", scenario, "--out", scratch.File("out"));
        Ran made = await Ran.Of("headers", Ledger, "--out", Headers, "--every", "1h", "--json");
        Assert.Equal((ExitCode.Done, ""), (made.ExitCode, made.Error));
        JsonElement said = JsonDocument.Parse(made.Output).RootElement;
        ledgerId = said.GetProperty("ledgerId").GetString()!;
        tip = said.GetProperty("headerHash").GetString()!;
        Assert.InRange(said.GetProperty("headers").GetInt64(), 20, said.GetProperty("height").GetInt64());
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_ledgers_id_alone_leads_to_its_newest_header_and_validators()
    {
        Ran text = await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", Headers, "--trust-out", Trust);
        Ran json = await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", Headers, "--json");
        await Ran.Of("verify", Ledger, "--validators-out", scratch.File("verified.validators"));

        Assert.Equal((ExitCode.Done, ExitCode.Done), (text.ExitCode, json.ExitCode));
        Assert.StartsWith($"{Headers} is right.", text.Output, StringComparison.Ordinal);
        Assert.Contains(tip, text.Output, StringComparison.Ordinal);
        JsonElement trusted = JsonDocument.Parse(json.Output).RootElement;
        Assert.True(trusted.GetProperty("right").GetBoolean());
        Assert.Equal(tip, trusted.GetProperty("headerHash").GetString());
        Assert.Equal(1, trusted.GetProperty("validators").GetArrayLength());
        Assert.Equal(
            await File.ReadAllTextAsync(scratch.File("verified.validators"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Trust, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_trusted_is_where_the_next_file_is_followed_from_and_what_proofs_are_checked_with()
    {
        await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", Headers, "--trust-out", Trust);
        string every = scratch.File("every.headers");
        await Ran.Of("headers", Ledger, "--out", every);
        await Ran.Of("proof", "--event", "market.cleared", "--ledger", Ledger, "--out", scratch.File("event.proof"));

        Ran again = await Ran.Of("light-client", "--validators", Trust, "--ledger-id", ledgerId, "--headers", every, "--json");
        Ran check = await Ran.Of("check-proof", scratch.File("event.proof"), "--validators", Trust);

        JsonElement trusted = JsonDocument.Parse(again.Output).RootElement;
        Assert.Equal((ExitCode.Done, ExitCode.Done), (again.ExitCode, check.ExitCode));
        Assert.Equal(1, trusted.GetProperty("headers").GetInt64());
        Assert.Equal(trusted.GetProperty("height").GetInt64(), trusted.GetProperty("passedOver").GetInt64());
    }

    [Fact]
    public async Task A_file_that_was_changed_is_followed_to_there_and_gives_no_trust()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Headers, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Headers, bytes, TestContext.Current.CancellationToken);

        Ran text = await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", Headers, "--trust-out", Trust);
        Ran json = await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", Headers, "--json");

        Assert.Equal((ExitCode.CheckFailed, ExitCode.CheckFailed), (text.ExitCode, json.ExitCode));
        Assert.StartsWith($"{Headers} is not right. At step ", text.Output, StringComparison.Ordinal);
        Assert.Contains("Trusted is what stands before that:", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(tip, text.Output, StringComparison.Ordinal);
        JsonElement trusted = JsonDocument.Parse(json.Output).RootElement;
        Assert.False(trusted.GetProperty("right").GetBoolean());
        Assert.True(trusted.GetProperty("height").GetInt64() > 0);
        Assert.False(File.Exists(Trust));
    }

    [Fact]
    public async Task A_file_of_another_ledger_or_of_none_is_refused()
    {
        Ran other = await Ran.Of("light-client", "--ledger-id", new string('0', 64), "--headers", Headers);
        Ran letter = await Ran.Of("light-client", "--ledger-id", ledgerId, "--headers", scratch.Write("letter", "dear friend"), "--json");

        Assert.Equal((ExitCode.CheckFailed, ExitCode.CheckFailed), (other.ExitCode, letter.ExitCode));
        Assert.Contains("The file is of the ledger", other.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing of it was followed.", other.Output, StringComparison.Ordinal);
        Assert.Contains("no file of headers", JsonDocument.Parse(letter.Output).RootElement.GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_is_not_right_gives_no_file_and_leaves_an_older_one_as_it_is()
    {
        byte[] before = await File.ReadAllBytesAsync(Headers, TestContext.Current.CancellationToken);
        string bad = scratch.Write("bad.ledger", "no ledger");

        Ran ran = await Ran.Of("headers", bad, "--out", Headers);

        Assert.Equal(ExitCode.CheckFailed, ran.ExitCode);
        Assert.Contains("is not right", ran.Output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Headers, TestContext.Current.CancellationToken));
        Assert.False(File.Exists($"{Headers}.part"));
    }
}
