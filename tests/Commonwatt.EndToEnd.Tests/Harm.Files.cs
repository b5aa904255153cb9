namespace Commonwatt.EndToEnd.Tests;

/// <content>Files that are cut off while the validator is down.</content>
internal sealed partial class Harm
{
    // So much of a file says what it is; one that is shorter is refused for that.
    private const int Beginning = 64;

    private async Task CutLedgerAsync(Validator validator)
    {
        long killed = Stopwatch.GetTimestamp();
        await validator.KillAsync();
        long whole = WrittenBytes(validator.LedgerFile), left = random.NextInt64(whole);
        Cut(validator.LedgerFile, left);
        output.WriteLine($"The ledger file of {validator.Name} was cut from {whole:#,0} bytes to {left:#,0}.");
        await StaysAwayAsync(killed, $"without {validator.Name}");
        TimeSpan back = await BringBackAsync(validator);
        table.Add($"ledger file of {validator.Name} cut to {100 * left / whole} % of {whole / 1024 / 1024} MiB", load.LongestGap(killed), back);
    }

    private async Task CutVotesAsync(Validator validator)
    {
        long killed = Stopwatch.GetTimestamp();
        await validator.KillAsync();
        string copy = $"{validator.VotesFile}.copy";
        File.Copy(validator.VotesFile, copy);
        long whole = WrittenBytes(validator.VotesFile), left = random.NextInt64(Beginning, whole);
        Cut(validator.VotesFile, left);
        output.WriteLine($"The file of votes of {validator.Name} was cut from {whole:#,0} bytes to {left:#,0}.");
        validator.Start();
        Assert.NotEqual(0, await validator.EndAsync());
        Assert.Contains("votes.log is cut off: what this validator signed last is not known, so it must not sign again under this key.", validator.Said, StringComparison.Ordinal);
        await load.GoesOnAsync(Some, $"without {validator.Name}, which refuses to start");
        // Nothing was signed since the copy was made, so it is the whole file.
        File.Move(copy, validator.VotesFile, overwrite: true);
        TimeSpan back = await BringBackAsync(validator);
        table.Add($"`votes.log` of {validator.Name} cut: it refused to start until the whole file was back", load.LongestGap(killed), back);
    }

    private static void Cut(string path, long left)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(left);
    }

    // Space is reserved ahead: what counts ends with the last byte that is not zero.
    private static long WrittenBytes(string path) => File.ReadAllBytes(path).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
}
