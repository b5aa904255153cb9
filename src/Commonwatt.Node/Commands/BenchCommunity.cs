using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;
using Commonwatt.Node.Load;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench community</c>: members, meters, transactions and pages that listen, all on one node.</summary>
internal static class BenchCommunity
{
    private const int AtOnce = 180;
    private const int Pages = 400;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Option<long?> Members = Number("--members", "How many members have traded and are signed in [default: 1000]");

    private static readonly Option<long?> Meters = Number("--meters", "How many members there are, each with a meter [default: 10000]");

    private static readonly Option<long?> Days = Number("--days", "For how many days those members have traded [default: 3]");

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "community",
            "Put a community's node under load: members who ask, meters, transactions at once, pages that listen; beside a web server that does nothing. Takes some six minutes.",
            "./commonwatt bench community",
            "./commonwatt bench community --members 100 --meters 1000 --json")
        {
            Members, Meters, Days, Json,
        };
        verb.SetAction((parsed, _) => RunAsync(parsed));
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        int members = (int)(parsed.GetValue(Members) ?? 1_000);
        int meters = (int)(parsed.GetValue(Meters) ?? 10_000);
        int days = (int)(parsed.GetValue(Days) ?? 3);
        if (members < AtOnce || members > meters || days is < 1 or > 366)
        {
            throw new InvalidDataException($"--members is {AtOnce} or more and at most --meters, and --days is 1 to 366.");
        }

        InvocationConfiguration streams = parsed.InvocationConfiguration;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("commonwatt-load-");
        try
        {
            streams.Error.WriteLine("Making a community that has traded ...");
            await using LoadCommunity community = await LoadCommunity.StartAsync(folder.FullName, members, meters, days, streams.Error.WriteLine);
            CommunityMeasure measured = await MeasureAsync(community, members, streams.Error);
            Write(streams.Output, parsed.GetValue(Json), measured);
            return measured.Readings.IsWhole ? ExitCode.Done : ExitCode.CheckFailed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<CommunityMeasure> MeasureAsync(LoadCommunity community, int members, TextWriter progress)
    {
        using var load = new CommunityLoad(community, members);
        await load.PrepareAsync();
        progress.WriteLine("Members ask ...");
        IReadOnlyList<NamedLoad> asked = await load.AskAsync(TimeSpan.FromSeconds(15));
        progress.WriteLine("Transactions arrive, pages listen ...");
        ArrivedAtOnce arrived = await load.ArriveAsync(AtOnce);
        ListeningPages pages = await load.ListenAsync(int.Min(Pages, members), TimeSpan.FromSeconds(15));
        progress.WriteLine("Meters report, for three minutes and a half ...");
        (IReadOnlyList<NamedLoad> reported, ReadingsKept kept) = await load.ReportAsync();
        return new CommunityMeasure(members, community.Meters, [.. asked, .. reported], kept, arrived, pages);
    }

    private static void Write(TextWriter output, bool json, CommunityMeasure measured)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "community", Result = measured }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"  {"",-44}{"requests",10}{"failed",8}{"median",12}{"99th",12}{"last",12}{"cores",7}"));
        foreach ((string name, LoadFigures figures) in measured.Loads)
        {
            output.WriteLine(string.Create(
                culture,
                $"  {name,-44}{figures.Requests,10:N0}{figures.Failed,8:N0}{figures.MedianMilliseconds,9:N1} ms{figures.NinetyNinthMilliseconds,9:N1} ms{figures.SlowestMilliseconds,9:N1} ms{figures.Cores,7:N2}"));
        }

        output.WriteLine();
        ReadingsKept kept = measured.Readings;
        new Facts()
            .Add("readings", string.Create(culture, $"{kept.Sent:N0} sent, {kept.Kept:N0} kept; the ledger has the period of {kept.OnLedger:N0} of {kept.Meters:N0} meters, {kept.LedgerWattHours:N0} of {kept.MeasuredWattHours:N0} Wh"))
            .Add("settled", string.Create(culture, $"with the energy of {kept.SettledMembers:N0} members, in the tables {kept.SettledSeconds:N1} s after the deadline"))
            .Add("at once", string.Create(culture, $"{measured.AtOnce.Transactions:N0} transactions certified in {measured.AtOnce.Milliseconds:N0} ms, {measured.AtOnce.Failed:N0} failed; {measured.AtOnce.BusyMilliseconds:N0} ms of a core; checking their signatures alone {measured.AtOnce.LimitMilliseconds:N1} ms"))
            .Add("pages", string.Create(culture, $"{measured.Pages.Pages:N0} that listen take {measured.Pages.Cores:N3} cores, none {measured.Pages.CoresWithout:N3}: {measured.Pages.CorePerPage:P4} of a core each"))
            .Write(output);
    }

    private static Option<long?> Number(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = WholeNumber.Parse };

    private sealed record CommunityMeasure(int Members, int Meters, IReadOnlyList<NamedLoad> Loads, ReadingsKept Readings, ArrivedAtOnce AtOnce, ListeningPages Pages);
}
