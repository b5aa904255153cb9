using System.Globalization;
using System.Text.Json;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Commands;
using Commonwatt.Node.Community.Explorer;

namespace Commonwatt.Node.Tests;

/// <summary>A ledger made by one day of two homes, and what is proved about it.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private readonly List<SignedTransaction> transactions = [];

    private string Ledger => scratch.File("out/community.ledger");

    private string Trusted => scratch.File("community.validators");

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
        LedgerVerifier.Verify(new FolderDisk(scratch.File("out"), isReadOnly: true), "community.ledger", CommunityRules.Catalog, onBlock: block => transactions.AddRange(block.Transactions));
        Assert.Equal(ExitCode.Done, (await Ran.Of("verify", Ledger, "--validators-out", Trusted)).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Money_in_the_arguments_of_a_call_is_told_in_the_currency()
    {
        var call = TransactionBuilder.Call("staking", "set-terms", new SetStakingTerms { MinimumStake = 5_000_000, MaturityMs = 60_000 });

        Assert.Contains(("minimum stake", "5.00 of the currency"), FieldWords.Of(CallFields.Of(call)!));
    }

    [Fact]
    public async Task A_transaction_is_proved_to_somebody_who_has_the_validators_alone()
    {
        SignedTransaction wanted = transactions[transactions.Count / 2];
        string file = scratch.File("one.proof");

        Ran made = await Ran.Of("proof", wanted.Id.ToString(), "--ledger", Ledger, "--out", file);
        Ran check = await Ran.Of("check-proof", file, "--validators", Trusted);
        Ran json = await Ran.Of("check-proof", file, "--validators", Trusted, "--json");

        Assert.Equal((ExitCode.Done, ""), (made.ExitCode, made.Error));
        Assert.Contains($"Check it: ./commonwatt check-proof {file} --validators SET", made.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, check.ExitCode);
        Assert.StartsWith($"{file} is right.", check.Output, StringComparison.Ordinal);
        Assert.Contains(wanted.Sender.ToString(), check.Output, StringComparison.Ordinal);
        JsonElement found = JsonDocument.Parse(json.Output).RootElement;
        Assert.True(found.GetProperty("right").GetBoolean());
        Assert.Equal(wanted.Id.ToString(), found.GetProperty("transaction").GetProperty("id").GetString());
        Assert.True(found.GetProperty("transaction").GetProperty("done").GetBoolean());
        Assert.True(found.GetProperty("height").GetInt64() > 0);
    }

    [Fact]
    public async Task An_account_is_proved_by_its_address_or_its_key_and_so_is_that_there_is_none()
    {
        string fund = CommunityAccounts.Utility.ToString();
        string file = scratch.File("account.proof");

        Ran made = await Ran.Of("proof", "--account", fund, "--ledger", Ledger, "--out", file, "--json");
        JsonElement state = JsonDocument.Parse((await Ran.Of("check-proof", file, "--validators", Trusted, "--json")).Output).RootElement.GetProperty("state");
        Ran absent = await Ran.Of("proof", "--state", state.GetProperty("key").GetString() + "00", "--ledger", Ledger, "--out", scratch.File("absent.proof"));
        Ran nobody = await Ran.Of("check-proof", scratch.File("absent.proof"), "--validators", Trusted);

        Assert.Equal(ExitCode.Done, made.ExitCode);
        Assert.Equal(file, JsonDocument.Parse(made.Output).RootElement.GetProperty("file").GetString());
        Assert.True(state.GetProperty("present").GetBoolean());
        Assert.Equal(fund, state.GetProperty("account").GetString());
        Assert.NotEqual(0m, state.GetProperty("balance").GetDecimal());
        Assert.Equal((ExitCode.Done, ExitCode.Done), (absent.ExitCode, nobody.ExitCode));
        Assert.Contains("none: there is no such entry", nobody.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_proved_as_it_was_after_an_older_block()
    {
        string fund = CommunityAccounts.Utility.ToString();
        string file = scratch.File("account.proof");
        var states = new List<(long Height, bool IsPresent, string? Value)>();
        foreach (string[] at in new string[][] { ["--at", "0"], ["--at", "1"], [] })
        {
            Assert.Equal(ExitCode.Done, (await Ran.Of(["proof", "--account", fund, "--ledger", Ledger, "--out", file, .. at])).ExitCode);
            JsonElement proof = JsonDocument.Parse((await Ran.Of("check-proof", file, "--validators", Trusted, "--json")).Output).RootElement;
            JsonElement state = proof.GetProperty("state");
            states.Add((proof.GetProperty("height").GetInt64(), state.GetProperty("present").GetBoolean(), state.TryGetProperty("value", out JsonElement value) ? value.GetString() : null));
        }

        Assert.Equal([0L, 1L], states[..2].Select(state => state.Height));
        Assert.True(states[2] is (> 1, true, _));
        Assert.NotEqual(states[0].Value, states[2].Value);
    }

    [Fact]
    public async Task An_event_of_a_scheduled_call_is_proved_by_its_name_or_by_its_place()
    {
        string byName = scratch.File("event.proof");
        string byPlace = scratch.File("receipt.proof");

        Ran made = await Ran.Of("proof", "--event", "market.cleared", "--ledger", Ledger, "--out", byName);
        JsonElement newest = JsonDocument.Parse((await Ran.Of("check-proof", byName, "--validators", Trusted, "--json")).Output).RootElement;
        JsonElement receipt = newest.GetProperty("receipt");
        string height = newest.GetProperty("height").GetInt64().ToString(CultureInfo.InvariantCulture);
        string place = receipt.GetProperty("index").GetInt64().ToString(CultureInfo.InvariantCulture);
        await Ran.Of("proof", "--receipt", place, "--at", height, "--ledger", Ledger, "--out", byPlace);
        Ran check = await Ran.Of("check-proof", byPlace, "--validators", Trusted);

        Assert.Equal((ExitCode.Done, ""), (made.ExitCode, made.Error));
        Assert.Equal("schedule", receipt.GetProperty("origin").GetString());
        Assert.True(receipt.GetProperty("done").GetBoolean());
        Assert.Contains("market.cleared", receipt.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("name").GetString()));
        Assert.Equal(await File.ReadAllBytesAsync(byName, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(byPlace, TestContext.Current.CancellationToken));
        Assert.Contains("of a scheduled call", check.Output, StringComparison.Ordinal);
        Assert.Contains("market.cleared", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_proof_proves_is_said_in_words_and_the_event_that_is_meant_before_the_others()
    {
        string file = scratch.File("event.proof");
        Ran made = await Ran.Of("proof", "--event", "market.settled", "--ledger", Ledger, "--out", file);
        Ran named = await Ran.Of("check-proof", file, "--validators", Trusted, "--event", "market.settled");
        Ran wrong = await Ran.Of("check-proof", file, "--validators", Trusted, "--event", "market.collapsed");
        Ran beyond = await Ran.Of("check-proof", file, "--validators", Trusted, "--event", "9");

        Assert.Contains($"check-proof {file} --validators SET --event market.settled", made.Output, StringComparison.Ordinal);
        string shown = named.Output[named.Output.IndexOf("This event is proved:", StringComparison.Ordinal)..];
        Assert.Contains("market.settled: a delivery was settled", shown, StringComparison.Ordinal);
        Assert.Matches(@"\n  delivery +2024-06-0\dT\d\d:00:00Z\n", shown);
        Assert.Matches(@"\n  retail +0.20 per kWh\n", shown);
        Assert.Matches(@"from member \d, to utility, kind utility-import, quantity \d+ Wh, price 0.20 per kWh, amount 0.\d+ of the currency", shown);
        Assert.Equal((ExitCode.WrongInput, ""), (wrong.ExitCode, wrong.Output));
        Assert.StartsWith("--event: the proof's receipt holds no 'market.collapsed': it holds market.settled", wrong.Error, StringComparison.Ordinal);
        Assert.StartsWith("--event: the proof's receipt has ", beyond.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_of_a_transaction_says_what_it_called_and_what_came_of_it()
    {
        SignedTransaction wanted = transactions.Last(one => one.Calls is [{ Contract: "market", Method: "place" }]);
        string file = scratch.File("one.proof");
        await Ran.Of("proof", wanted.Id.ToString(), "--ledger", Ledger, "--out", file);

        Ran check = await Ran.Of("check-proof", file, "--validators", Trusted);
        JsonElement one = JsonDocument.Parse((await Ran.Of("check-proof", file, "--validators", Trusted, "--json")).Output).RootElement.GetProperty("transaction");

        Assert.Matches(@"\n  call +market.place\n +delivery +2024", check.Output);
        Assert.Matches(@"\n +limit price +0.\d+ per kWh\n", check.Output);
        Assert.Matches(@"This event is proved:\n\n  event +market.order-placed: an order was placed\n", check.Output);
        Assert.Matches(@"\n  member +member \d\n", check.Output);
        JsonElement happened = Assert.Single(one.GetProperty("events").EnumerateArray());
        Assert.True(happened.GetProperty("proved").GetBoolean());
        Assert.True(happened.GetProperty("fields").GetProperty("quantityWh").GetInt64() > 0);
    }

    [Theory]
    [InlineData("holds a receipt with the event 'market.collapsed': there are ", "--event", "market.collapsed")]
    [InlineData("Block 0 of ", "--event", "market.cleared", "--at", "0")]
    [InlineData("does not hold a receipt 9999: it has ", "--receipt", "9999", "--at", "1")]
    [InlineData("does not hold a receipt -1: it has ", "--receipt", "-1", "--at", "1")]
    [InlineData("has no block 100000, its newest is ", "--state", "00", "--at", "100000")]
    public async Task What_the_ledger_does_not_hold_is_refused_with_what_it_does_hold(string expected, params string[] asked)
    {
        Ran ran = await Ran.Of(["proof", .. asked, "--ledger", Ledger, "--out", scratch.File("no.proof")]);

        Assert.Equal((ExitCode.WrongInput, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.File("no.proof")));
    }

    [Fact]
    public async Task A_proof_that_was_changed_or_is_none_proves_nothing()
    {
        string file = scratch.File("one.proof");
        await Ran.Of("proof", transactions[0].Id.ToString(), "--ledger", Ledger, "--out", file);
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        Ran changed = await Ran.Of("check-proof", file, "--validators", Trusted);
        Ran letter = await Ran.Of("check-proof", scratch.Write("letter", "dear friend"), "--validators", Trusted, "--json");

        Assert.Equal(ExitCode.CheckFailed, changed.ExitCode);
        Assert.StartsWith($"{file} proves nothing: The receipt", changed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CheckFailed, letter.ExitCode);
        Assert.False(JsonDocument.Parse(letter.Output).RootElement.GetProperty("right").GetBoolean());
    }

    [Fact]
    public async Task A_proof_is_checked_for_the_ledger_that_is_meant()
    {
        string file = scratch.File("one.proof");
        await Ran.Of("proof", transactions[0].Id.ToString(), "--ledger", Ledger, "--out", file);
        string id = transactions[0].LedgerId.ToString();
        string text = await File.ReadAllTextAsync(Trusted, TestContext.Current.CancellationToken);
        string other = scratch.Write("other.validators", text.Replace(id, new string('0', 64), StringComparison.Ordinal));

        Ran right = await Ran.Of("check-proof", file, "--validators", Trusted, "--ledger-id", id);
        Ran misnamed = await Ran.Of("check-proof", file, "--validators", Trusted, "--ledger-id", "1234");
        Ran elsewhere = await Ran.Of("check-proof", file, "--validators", other);
        Ran unreadable = await Ran.Of("check-proof", file, "--validators", scratch.Write("no.validators", "trust me"));

        Assert.Equal(ExitCode.Done, right.ExitCode);
        Assert.Equal(ExitCode.WrongInput, misnamed.ExitCode);
        Assert.StartsWith("--ledger-id: '1234' is not the ledger of", misnamed.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CheckFailed, elsewhere.ExitCode);
        Assert.Contains("The header is of the ledger", elsewhere.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, unreadable.ExitCode);
        Assert.Contains("first line", unreadable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_proved_from_a_ledger_that_is_not_right_or_does_not_hold_it()
    {
        string file = scratch.File("one.proof");
        Ran missing = await Ran.Of("proof", new string('0', 64), "--ledger", Ledger, "--out", file);
        Ran overwriting = await Ran.Of("proof", transactions[0].Id.ToString(), "--ledger", Ledger, "--out", Ledger);
        Ran damaged = await Ran.Of("proof", transactions[0].Id.ToString(), "--ledger", scratch.Write("bad.ledger", "no ledger"), "--out", file, "--json");

        Assert.Equal(ExitCode.WrongInput, missing.ExitCode);
        Assert.StartsWith("No block of", missing.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, overwriting.ExitCode);
        Assert.Contains("is the file that is read", overwriting.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.CheckFailed, ""), (damaged.ExitCode, damaged.Output));
        Assert.Contains("is not right", damaged.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }
}
