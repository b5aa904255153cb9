using System.Diagnostics;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.Community;

/// <summary>How long answers take at 100 members and a year by the hour, on SQLite. Run by name: <c>-class "*LoadTests" -explicit only</c>.</summary>
public class LoadTests
{
    private const int Members = 100;

    [Fact(Explicit = true)]
    public async Task Pages_that_everybody_opens_are_answered_within_5_ms_and_a_thousand_at_once_are_all_answered()
    {
        using TestDatabase database = new("sqlite");
        using TestDatabase peoples = new("sqlite");
        long filling = Stopwatch.GetTimestamp();
        Database tables = database.Open();
        YearOfTables.Fill(tables, Members);
        Say($"filled in {Stopwatch.GetElapsedTime(filling).TotalSeconds:0} s");
        await using ApiRig api = await ApiRig.StartAsync(tables, peoples.Open(), new ApiRig.TestClock(() => YearOfTables.Now), "year", readings: null, more: null, []);
        string today = $"from={YearOfTables.Now - TimeSpan.FromDays(1)}&to={YearOfTables.Now + TimeSpan.FromHours(36)}";
        string year = $"from={YearOfTables.Now - TimeSpan.FromDays(365)}&to={YearOfTables.Now}";

        double home = await MeasureAsync(api, "me/home, first of each member", number => "/api/v1/me/home", Members);
        double homeAgain = await MeasureAsync(api, "me/home, again", number => "/api/v1/me/home", 10 * Members);
        double prices = await MeasureAsync(api, "prices of 60 h, each another", number => $"/api/v1/prices?from={YearOfTables.Now - TimeSpan.FromHours(24 + number)}&to={YearOfTables.Now + TimeSpan.FromHours(36)}", Members);
        await MeasureAsync(api, "prices of 60 h, the same", _ => $"/api/v1/prices?{today}", 10 * Members);
        await MeasureAsync(api, "me/energy, a year by day", _ => $"/api/v1/me/energy?resolution=day&{year}", 10);
        await MeasureAsync(api, "me/invoices, all of a year", _ => "/api/v1/me/invoices", 10);
        await MeasureAsync(api, "me/wallet/entries", _ => "/api/v1/me/wallet/entries", Members);
        await MeasureAsync(api, "market/periods/{start}", number => $"/api/v1/market/periods/{new Instant(YearOfTables.Start + (number * 3_600_000L))}", Members);
        await MeasureAsync(api, "overview", _ => "/api/v1/overview", 10);
        await MeasureAsync(api, "settlement, a page", _ => $"/api/v1/settlement?{today}", 10);
        await MeasureAsync(api, "grid, a year", _ => $"/api/v1/grid?{year}", 3);
        await MeasureAsync(api, "invoices of all, a month", _ => "/api/v1/invoices?month=2026-05", 1);
        double[] crowd = await CrowdAsync(api, 1_000, number => number % 2 == 0 ? "/api/v1/me/home" : $"/api/v1/prices?{today}");
        Say($"1,000 at once: median {crowd[500]:0.0} ms, 99th percentile {crowd[990]:0.0} ms, last {crowd[^1]:0.0} ms");

        Assert.True(homeAgain < 5 && prices < 5, $"{home} {homeAgain} {prices}");
    }

    private static async Task<double> MeasureAsync(ApiRig api, string what, Func<int, string> path, int times)
    {
        var taken = new double[times];
        for (int number = 0; number < times; number++)
        {
            taken[number] = await OnceAsync(api, path(number), number);
        }

        Array.Sort(taken);
        Say($"{what}: median {taken[times / 2]:0.00} ms, 99th percentile {taken[(times - 1) * 99 / 100]:0.00} ms, most {taken[^1]:0.00} ms");
        return taken[times / 2];
    }

    private static async Task<double[]> CrowdAsync(ApiRig api, int count, Func<int, string> path)
    {
        double[] taken = await Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => OnceAsync(api, path(number), number))));
        Array.Sort(taken);
        return taken;
    }

    private static async Task<double> OnceAsync(ApiRig api, string path, int number)
    {
        long began = Stopwatch.GetTimestamp();
        await api.TextAsync(path, $"sub=p{number};role=member;role=manager;member={(number % Members) + 1}");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}
