using System.Text.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Node.Community;

namespace Commonwatt.Node.Tests.Community;

/// <summary>Meters whose readings get nowhere are named to the manager.</summary>
public sealed class MeterAlertTests
{
    private const string Manager = "sub=m;role=manager";

    [Fact]
    public async Task Meters_of_another_gateway_and_meters_that_nobody_reports_for_are_named()
    {
        using TestCommunity community = ApiTests.TradedDay();
        community.At("19:00");
        string[] gateways = await GatewaysAsync(community);
        await using ApiRig api = await ApiRig.OfAsync(community, readings: new NodesGateway("cw000000000000000000000000000000000000000000000000"));

        JsonElement overview = await api.GetAsync("/api/v1/overview", Manager);

        Assert.Equal("cw000000000000000000000000000000000000000000000000", overview.Text("gateway"));
        JsonElement unheard = Alert(overview, "stale-meters");
        JsonElement elsewhere = Alert(overview, "other-gateway");
        Assert.Equal(4, unheard.GetProperty("values").Number("count"));
        Assert.Equal("warning", elsewhere.Text("severity"));
        Assert.Equal([1L, 2, 3, 4], elsewhere.GetProperty("values").GetProperty("meters").EnumerateArray().Select(meter => meter.Number("memberNumber")));
        Assert.Equal(gateways, elsewhere.GetProperty("values").GetProperty("meters").EnumerateArray().Select(meter => meter.GetProperty("gateway").GetString()));
    }

    [Fact]
    public async Task Where_another_gateway_reports_its_meters_are_no_more_than_a_word()
    {
        using TestCommunity community = ApiTests.TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community, readings: new NodesGateway("cw000000000000000000000000000000000000000000000000"));

        JsonElement overview = await api.GetAsync("/api/v1/overview", Manager);

        Assert.Equal("info", Alert(overview, "other-gateway").Text("severity"));
        Assert.DoesNotContain("stale-meters", overview.GetProperty("alerts").EnumerateArray().Select(alert => alert.Text("code")));
    }

    [Fact]
    public async Task For_the_meter_of_a_member_who_is_not_active_nobody_waits()
    {
        using TestCommunity community = ApiTests.TradedDay();
        community.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = community.Member("anna").Bytes, Suspended = true }).Accepted();
        community.At("19:00");
        await using ApiRig api = await ApiRig.OfAsync(community);

        JsonElement overview = await api.GetAsync("/api/v1/overview", Manager);
        JsonElement[] meters = [.. (await api.GetAsync("/api/v1/meters", Manager)).Items()];

        JsonElement counted = overview.GetProperty("meters");
        Assert.Equal(3, meters.Length);
        Assert.Equal(3, counted.Number("total"));
        Assert.Equal(counted.Number("stale") + counted.Number("never"), Alert(overview, "stale-meters").GetProperty("values").Number("count"));
    }

    private static async Task<string[]> GatewaysAsync(TestCommunity community)
    {
        await using ApiRig api = await ApiRig.OfAsync(community);
        JsonElement overview = await api.GetAsync("/api/v1/overview", Manager);
        Assert.Equal(JsonValueKind.Null, overview.GetProperty("gateway").ValueKind);
        Assert.DoesNotContain("other-gateway", overview.GetProperty("alerts").EnumerateArray().Select(alert => alert.Text("code")));
        return [.. (await api.GetAsync("/api/v1/meters", Manager)).Items().Select(meter => meter.GetProperty("gateway").GetString()!)];
    }

    private static JsonElement Alert(JsonElement overview, string code) => overview.GetProperty("alerts").EnumerateArray().Single(alert => alert.Text("code") == code);

    /// <summary>A node with a gateway that no meter has sent to.</summary>
    private sealed class NodesGateway(string address) : IReadingSource
    {
        public string? Gateway => address;

        public LivePower? LatestOf(long member) => null;

        public IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length) => [];

        public IReadOnlyList<MeterState> StateOfMeters() => [];
    }
}
