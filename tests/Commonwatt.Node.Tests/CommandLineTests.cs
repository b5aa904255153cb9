namespace Commonwatt.Node.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("simulate", "--help")]
    [InlineData("clear", "--help")]
    [InlineData("verify", "--help")]
    [InlineData("proof", "--help")]
    [InlineData("check-proof", "--help")]
    [InlineData("headers", "--help")]
    [InlineData("light-client", "--help")]
    [InlineData("bench", "--help")]
    [InlineData("bench", "catch-up", "--help")]
    [InlineData("bench", "clearing", "--help")]
    [InlineData("bench", "faults", "--help")]
    [InlineData("bench", "ledger", "--help")]
    [InlineData("bench", "light-client", "--help")]
    [InlineData("bench", "simulate", "--help")]
    public async Task Help_ends_with_an_example(params string[] args)
    {
        Ran ran = await Ran.Of(args);

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Contains("Usage:", ran.Output);
        Assert.Matches("Examples?:\n(  \\./commonwatt .+\n)+$", ran.Output.ReplaceLineEndings("\n"));
        Assert.Empty(ran.Error);
    }

    [Theory]
    [InlineData("simulate", "--out", "--mechanism", "--seed", "--perfect-forecast", "--signatures", "--skip-bad-rows", "--json")]
    [InlineData("clear", "--mechanism", "--trades", "--pricing", "--json")]
    [InlineData("verify", "--validators-out", "--json")]
    [InlineData("proof", "--ledger", "--state", "--account", "--event", "--receipt", "--at", "--out", "--json")]
    [InlineData("check-proof", "--validators", "--ledger-id", "--json")]
    [InlineData("headers", "--out", "--every", "--json")]
    [InlineData("light-client", "--headers", "--ledger-id", "--validators", "--trust-out", "--json")]
    public async Task Help_names_every_option(string verb, params string[] options)
    {
        Ran ran = await Ran.Of(verb, "--help");

        Assert.All(options, option => Assert.Contains($"  {option} ", ran.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_a_number_alone()
    {
        Ran ran = await Ran.Of("--version");

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\\s*$", ran.Output);
    }

    [Theory]
    [InlineData("Required command was not provided.", "")]
    [InlineData("Unrecognized command or argument 'frobnicate'.", "frobnicate")]
    [InlineData("Required argument 'SCENARIO' missing for command: 'simulate'.", "simulate")]
    [InlineData("--seed: 'seven' is not a whole number, such as 7.", "simulate a.json --seed seven")]
    [InlineData("Required argument missing for option: '--out'.", "simulate a.json --out")]
    [InlineData("Did you mean one of the following?\n--json", "simulate a.json --jsno")]
    [InlineData("Option '--mechanism' is required.", "clear orders.csv")]
    [InlineData("Required argument 'LEDGER' missing for command: 'verify'.", "verify")]
    [InlineData("Option '--ledger' is required.", "proof 00")]
    [InlineData("Option '--validators' is required.", "check-proof a.proof")]
    [InlineData("--at: 'x' is not a whole number", "proof --event e --at x --ledger l")]
    [InlineData("Option '--out' is required.", "headers a.ledger")]
    [InlineData("Option '--headers' is required.", "light-client --ledger-id 00")]
    [InlineData("Required command was not provided.", "bench")]
    [InlineData("Unrecognized command or argument 'bridge'.", "bench bridge")]
    [InlineData("--transactions takes a number from 20000 to 100000000.", "bench catch-up --transactions 5")]
    public async Task Wrong_usage_says_what_is_wrong_and_where_help_is(string expected, string line)
    {
        Ran ran = await Ran.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains(expected, ran.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("--help", ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    [Theory]
    [InlineData("There is no file 'nowhere.json': name the scenario file", "simulate nowhere.json")]
    [InlineData("There is no file 'nowhere.ledger': name the ledger file", "verify nowhere.ledger --json")]
    [InlineData("There is no file 'nowhere.proof': name the proof file", "check-proof nowhere.proof --validators x")]
    [InlineData("--seeds: 0 is out of range: give a number from 1 to 10000000.", "bench faults --seeds 0")]
    [InlineData("--first: -1 is out of range", "bench faults --first -1")]
    [InlineData("TXID: '12' is no transaction's id: that has 64 hexadecimal digits.", "proof 12 --ledger x")]
    [InlineData("--account: 'cw12' is no address", "proof --account cw12 --ledger x")]
    [InlineData("--state: '123' is no key", "proof --state 123 --ledger x")]
    [InlineData("Name one thing to prove", "proof --ledger x")]
    [InlineData("Name one thing to prove", "proof 12 --state 12 --ledger x")]
    [InlineData("There is no file 'x': name the ledger file", "proof --state 12 --ledger x")]
    [InlineData("Name one thing to prove", "proof --event e --receipt 1 --at 1 --ledger x")]
    [InlineData("--receipt counts the receipts of one block", "proof --receipt 1 --ledger x")]
    [InlineData("--at: -1 is below zero", "proof --event e --at -1 --ledger x")]
    [InlineData("There is no file 'nowhere.ledger': name the ledger file", "headers nowhere.ledger --out x")]
    [InlineData("--every: 'often' is neither a number of blocks", "headers x --out y --every often")]
    [InlineData("--every: '0' is neither a number of blocks", "headers x --out y --every 0")]
    [InlineData("--every: 'h' is neither a number of blocks", "headers x --out y --every h")]
    [InlineData("--every: '4000000000d' is longer than a century", "headers x --out y --every 4000000000d")]
    [InlineData("Say whom to trust", "light-client --headers x")]
    [InlineData("--ledger-id: '12' is no ledger's id", "light-client --ledger-id 12 --headers x")]
    [InlineData("There is no file 'nowhere.set': name the file of validators", "light-client --validators nowhere.set --headers x")]
    [InlineData("There is no file 'nowhere.headers': name the file of headers", "light-client --ledger-id 0000000000000000000000000000000000000000000000000000000000000000 --headers nowhere.headers")]
    [InlineData("There is no file 'nowhere.csv': name the file of orders", "clear --mechanism pay-as-clear nowhere.csv --json")]
    [InlineData("'.' is a folder: name the file of orders itself.", "clear --mechanism pay-as-clear .")]
    [InlineData("--mechanism: 'pay-as-claer' does not clear a file of orders: choose one of pay-as-clear,", "clear --mechanism pay-as-claer x.csv")]
    [InlineData("--pricing: 'vickrey' is none of pay-as-offered, uniform.", "clear --mechanism reverse-auction --pricing vickrey x.csv")]
    [InlineData("--pricing goes with --mechanism reverse-auction only", "clear --mechanism pay-as-bid --pricing uniform x.csv")]
    [InlineData("--rationing: 'lottery' is none of arrival, pro-rata.", "clear --mechanism pay-as-bid --rationing lottery x.csv")]
    public async Task A_wrong_value_is_refused_in_a_sentence(string expected, string line)
    {
        Ran ran = await Ran.Of(line.Split(' '));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith(expected, ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    [Theory]
    [InlineData("--signatures: 'maybe' is none of on, off.", "--signatures", "maybe")]
    [InlineData("--mechanism: 'auction' is no market mechanism: choose one of pay-as-clear,", "--mechanism", "auction")]
    [InlineData("--seed: -1 is below zero: give a whole number from 0 on, such as 1.", "--seed", "-1")]
    public async Task A_wrong_change_to_a_scenario_is_refused_before_anything_is_written(string expected, string option, string value)
    {
        using ScratchFolder scratch = new();

        Ran ran = await Ran.Of("simulate", Scenario(scratch), "--out", scratch.File("out"), option, value);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith(expected, ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.File("out")));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_scenario_is_listed()
    {
        using ScratchFolder scratch = new();
        string scenario = scratch.Write("scenario.json", "{}");

        Ran ran = await Ran.Of("simulate", scenario, "--out", scratch.File("out"));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith($"{scenario} cannot be simulated:\n  ", ran.Error, StringComparison.Ordinal);
        Assert.Contains("timeZone", ran.Error, StringComparison.Ordinal);
        Assert.Contains("tariffs", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_do_not_go_to_a_file()
    {
        using ScratchFolder scratch = new();
        string taken = scratch.Write("taken", "mine");

        Ran ran = await Ran.Of("simulate", Scenario(scratch), "--out", taken);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Equal($"Results cannot go to '{taken}': it is a file. Name a folder with --out.", ran.Error.TrimEnd());
        Assert.Equal("mine", await File.ReadAllTextAsync(taken, TestContext.Current.CancellationToken));
    }

    private static string Scenario(ScratchFolder scratch) => scratch.Write("scenario.json", """
        {
          "name": "One home", "timeZone": "Europe/Lisbon", "currency": "EUR", "start": "2024-06-01", "days": 1, "period": "PT1H",
          "tariffs": { "retail": 0.2, "feedIn": 0.05 },
          "members": [{ "id": "h01", "load": { "household": 3000 } }]
        }
        """);
}
