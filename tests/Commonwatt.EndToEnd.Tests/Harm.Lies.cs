using System.Globalization;
using System.Text.RegularExpressions;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node;
using Commonwatt.Node.Configuration;

namespace Commonwatt.EndToEnd.Tests;

/// <content>A validator whose clock is wrong, and one that signs two headers.</content>
internal sealed partial class Harm
{
    private const int WrongHours = 5;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    private readonly List<WrongTime> wrongTimes = [];
    private Address struck;
    private ulong struckAt;

    /// <summary>Block time stayed right while a clock was wrong, and the convicted validator's power was gone two blocks after.</summary>
    public void LeftItsTraces(VerifiedLedger ledger)
    {
        foreach (WrongTime wrong in wrongTimes)
        {
            var blocks = ledger.Headers.Where(header => header.Height > wrong.From && header.Height <= wrong.To).ToList();
            Assert.Contains(blocks, header => header.Proposer == wrong.Validator);
            Assert.All(blocks, header => Assert.InRange(header.Time.ToDateTimeOffset(), wrong.Began - ClockTolerance, wrong.Ended));
        }

        Assert.NotNull(ledger.Validators[(int)struckAt + 1].Find(struck));
        Assert.Null(ledger.Validators[(int)struckAt + 2].Find(struck));
        Assert.All(ledger.Headers.Skip((int)struckAt + 2), header => Assert.NotEqual(struck, header.Proposer));
    }

    private async Task SetClocksWrongAsync(Validator validator)
    {
        if (!WrongClock.IsThere())
        {
            output.WriteLine("Wrong clocks are left out: libfaketime is missing (Debian's package faketime).");
            return;
        }

        await RunWithClockAsync(validator, WrongHours);
        await RunWithClockAsync(validator, -WrongHours);
        await RestartAsync(validator, environment: null);
    }

    private async Task RunWithClockAsync(Validator validator, int hours)
    {
        long stopped = Stopwatch.GetTimestamp();
        TimeSpan back = await RestartAsync(validator, WrongClock.By(hours));
        using SigningKey key = KeyFile.Read(validator.KeyFile);
        ulong from = await cluster.HeightAsync();
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        int before = load.AnswersOf(IndexOf(validator));
        await Watch.UntilAsync(() => load.AnswersOf(IndexOf(validator)) > before + Some, $"{validator.Name} answers clients while its clock is wrong");
        wrongTimes.Add(new WrongTime(key.Address, from, await cluster.HeightAsync(), began, TimeProvider.System.GetUtcNow()));
        table.Add($"{validator.Name} stopped, and started with its clock {hours:+0;−0} hours off", load.LongestGap(stopped), back);
    }

    private async Task<TimeSpan> RestartAsync(Validator validator, Dictionary<string, string>? environment)
    {
        Assert.Equal(0, await validator.StopAsync());
        return await BringBackAsync(validator, environment);
    }

    private async Task SignTwiceAsync(Validator liar)
    {
        Validator[] honest = [.. cluster.Validators.Where(validator => validator != liar)];
        long lied = Stopwatch.GetTimestamp();
        await using (var votes = new DoubleVote(cluster, liar))
        {
            struck = votes.Address;
            await Watch.UntilAsync(
                async () =>
                {
                    // A height's votes are kept for a while only, so the next lie is about a newer one.
                    votes.Cast(await honest[0].BlockAsync(await honest[0].FinalHeightAsync() ?? 0));
                    return honest.All(validator => validator.Evidence().Length > 0);
                },
                "every honest validator has written evidence");
        }

        Assert.All(honest, validator => Assert.Contains($"The validator {struck} signed two headers for block ", validator.Said, StringComparison.Ordinal));
        struckAt = await ReportAsync(honest[0].Evidence()[0], honest[1]);
        await Watch.UntilAsync(async () => await cluster.HeightAsync() > struckAt + 2, "the ledger goes on without the power of the liar");
        await load.GoesOnAsync(Some, "with three validators");
        foreach (Validator validator in cluster.Validators)
        {
            Assert.Equal(honest.Length, (await validator.StatusAsync())!.Value.GetProperty("validators").GetArrayLength());
        }

        table.Add($"{liar.Name} signed two headers, and lost its power by the evidence", load.LongestGap(lied), back: null);
    }

    // As somebody does by hand who found the file.
    private static async Task<ulong> ReportAsync(string evidence, Validator reporter)
    {
        await using var said = new StringWriter();
        await using var wrong = new StringWriter();
        int code = await CommandLine.RunAsync(["report-equivocation", evidence, "--node", reporter.Url.ToString(), "--key", reporter.KeyFile], said, wrong);
        Assert.True(code == 0, $"{said}{wrong}");
        return ulong.Parse(BlockNumber().Match(said.ToString()).Groups["height"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("is in block (?<height>[0-9]+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlockNumber();

    private sealed record WrongTime(Address Validator, ulong From, ulong To, DateTimeOffset Began, DateTimeOffset Ended);
}
