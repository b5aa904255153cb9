using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Commonwatt.Benchmarks;
using Commonwatt.Node.Databases;
using Commonwatt.Node.People;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Readings;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Load;

/// <summary>The meters of a community, each of which reports once a minute in a request of its own, by way of one machine client.</summary>
internal sealed class MeterFleet
{
    private const int MostInRequest = 5_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly LoadCommunity community;
    private readonly AuthenticationHeaderValue token;
    private readonly Instant since;
    private int sent;

    private MeterFleet(LoadCommunity community, AuthenticationHeaderValue token, Instant since)
    {
        this.community = community;
        this.token = token;
        this.since = since;
    }

    /// <summary>How many readings were sent.</summary>
    public int Sent => sent;

    /// <summary>Signs the machine client in, and tells what all registers show at a moment.</summary>
    /// <param name="community">The community.</param>
    /// <param name="load">Sends the requests.</param>
    /// <param name="moment">The start of a delivery period, which has passed.</param>
    public static async Task<MeterFleet> StartAsync(LoadCommunity community, HttpLoad load, Instant moment)
    {
        ClientStore clients = community.Services.GetRequiredService<ClientStore>();
        (string id, _) = clients.Make("load", ["readings:write"], "load");
        var fleet = new MeterFleet(community, new AuthenticationHeaderValue("Bearer", clients.GiveToken(id, ["readings:write"])), moment);
        foreach (int[] meters in Enumerable.Range(0, community.Meters).Chunk(MostInRequest))
        {
            using HttpRequestMessage request = fleet.Request(meters, moment);
            using HttpResponseMessage response = await load.Client.SendAsync(request);
            await RequireAllTakenAsync(response, meters.Length);
        }

        return fleet;
    }

    /// <summary>The request of a number: meters report in turn, each with what its register shows now.</summary>
    public HttpRequestMessage Next(int number) => Request([number % community.Meters], community.Clock.Now);

    /// <summary>Takes back that readings were sent: they went to somebody else.</summary>
    public void Uncount(int readings) => Interlocked.Add(ref sent, -readings);

    /// <summary>How many readings the node keeps.</summary>
    public long Kept()
    {
        using System.Data.Common.DbConnection connection = community.Services.GetRequiredService<ReadingStore>().Open();
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM meter_readings");
    }

    /// <summary>Waits until the ledger, as the tables show it, has what every meter measured in a period.</summary>
    /// <returns>How many readings it has, their sum in Wh, and what the node measured in Wh.</returns>
    public async Task<(long Readings, long WattHours, long Measured)> ReportedAsync(Instant delivery)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            (long readings, long wattHours) = Reported(delivery);
            if (readings >= community.Meters || late.IsCancellationRequested)
            {
                using System.Data.Common.DbConnection connection = community.Services.GetRequiredService<ReadingStore>().Open();
                long measured = connection.ExecuteScalar<long>("SELECT COALESCE(SUM(import_wh), 0) FROM measured_periods WHERE delivery = @at", new { at = delivery.UnixMilliseconds });
                return (readings, wattHours, measured);
            }

            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Waits until a period is settled.</summary>
    /// <returns>With how many members' energy.</returns>
    public async Task<long> SettledAsync(Instant delivery)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            using System.Data.Common.DbConnection connection = Tables.Open();
            long metered = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM metered WHERE delivery = @at", new { at = delivery.UnixMilliseconds });
            if (metered > 0 || late.IsCancellationRequested)
            {
                return metered;
            }

            await Task.Delay(BetweenLooks);
        }
    }

    private Database Tables => community.Services.GetRequiredService<ProjectionStore>().Database;

    private (long Readings, long WattHours) Reported(Instant delivery)
    {
        using System.Data.Common.DbConnection connection = Tables.Open();
        return connection.QuerySingle<(long, long)>("SELECT COUNT(*), COALESCE(SUM(import_wh), 0) FROM reported WHERE delivery = @at", new { at = delivery.UnixMilliseconds });
    }

    private HttpRequestMessage Request(IReadOnlyCollection<int> meters, Instant at)
    {
        const int millisecondsPerHour = 3_600_000;
        Interlocked.Add(ref sent, meters.Count);
        IEnumerable<string> readings = meters.Select(meter =>
        {
            int power = 200 + meter;
            long import = 1_000_000L + ((at.UnixMilliseconds - since.UnixMilliseconds) * (power % 5_000) / millisecondsPerHour);
            return $$"""{"meter":"{{community.Meter(meter)}}","at":"{{at}}","importWh":{{import}},"exportWh":0,"powerW":{{power % 5_000}}}""";
        });
        return new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/readings", UriKind.Relative))
        {
            Headers = { Authorization = token },
            Content = new StringContent($$"""{"readings":[{{string.Join(',', readings)}}]}""", Encoding.UTF8, "application/json"),
        };
    }

    private static async Task RequireAllTakenAsync(HttpResponseMessage response, int count)
    {
        string text = await response.Content.ReadAsStringAsync();
        using var answer = JsonDocument.Parse(text);
        if (!response.IsSuccessStatusCode || answer.RootElement.GetProperty("accepted").GetInt32() != count)
        {
            throw new InvalidOperationException($"The node did not take the meters' first readings: {text[..int.Min(500, text.Length)]}");
        }
    }
}
