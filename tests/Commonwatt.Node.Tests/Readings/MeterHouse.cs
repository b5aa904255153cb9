using Commonwatt.Node.Readings;

namespace Commonwatt.Node.Tests.Readings;

/// <summary>The readings of a small community, its gateway, and what has to be told of them.</summary>
internal sealed class MeterHouse
{
    public MeterHouse(SmallCommunity community)
    {
        Community = community;
        Store = new ReadingStore(community.Database);
        Store.Prepare();
        Intake = new ReadingIntake(Store, community, SmallCommunity.AddressOf("gateway"), community);
        Source = new ReadingSource(Store, Intake.Latest, community);
        Gateway = new Gateway(new GatewayStore(community.Database), community, SmallCommunity.Key("gateway"), community);
    }

    public SmallCommunity Community { get; }

    public ReadingStore Store { get; }

    public ReadingIntake Intake { get; }

    public ReadingSource Source { get; }

    public Gateway Gateway { get; }

    public static MeterReading Reading(string who, Instant at, long import, long export = 0, long? power = null, params DeviceReading[] devices) =>
        new(SmallCommunity.AddressOf($"{who}-meter"), at, import, export, power, devices);

    public static MeterReading Reading(string who, string at, long import, long export = 0, int day = 0) => Reading(who, SmallCommunity.Time(at, day), import, export);

    /// <summary>Takes readings in one request.</summary>
    /// <returns>The codes of refusals, empty where a reading was taken.</returns>
    public string[] Takes(params MeterReading[] readings) => [.. Intake.Take(readings)!.Select(refusal => refusal?.Code ?? "")];

    public Task Turns() => Gateway.TurnAsync(TestContext.Current.CancellationToken);
}
