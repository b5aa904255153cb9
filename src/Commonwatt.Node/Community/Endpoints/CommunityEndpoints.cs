using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>What anybody may know of the community: its facts and its rules.</summary>
internal sealed class CommunityEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache)
{
    private const string Tag = "Community";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/community", Community).ForAnybody<CommunityJson>(Tag, "The community: its name, rules, tariff and time");
        api.MapGet("/rules", Rules).ForAnybody<RulesJson>(Tag, "The rules in force, changes that are announced, and the tariffs ahead").WithTag304();
    }

    private IResult Community() => tables.Read(now =>
    {
        Instant time = facts.Now;
        // Before the first rules hold, those that are announced say most.
        RuleRow? rules = RuleRow.At(now, time) ?? now.Find<RuleRow>($"SELECT {RuleRow.Columns} FROM parameters ORDER BY from_time LIMIT 1");
        TariffRow? tariff = TariffRow.At(now, time) ?? now.Find<TariffRow>($"SELECT {TariffRow.Columns} FROM tariffs ORDER BY from_time LIMIT 1");
        return Results.Json(new CommunityJson
        {
            Name = facts.Name,
            TimeZone = facts.TimeZone.Id,
            Currency = facts.Currency,
            LedgerId = facts.LedgerId,
            Mechanism = rules?.Mechanism,
            PeriodMinutes = Minutes(rules?.PeriodMs),
            ListingLeadMinutes = Minutes(rules?.ListingLeadMs),
            GateLeadMinutes = Minutes(rules?.GateLeadMs),
            ReadingDeadlineMinutes = Minutes(rules?.DeadlineMs),
            Imbalance = rules is null ? null : RuleJson.ImbalanceName(rules),
            ShortfallPenalty = rules?.ShortfallPenalty,
            LocalGridFee = rules?.LocalGridFee,
            Now = time,
            Speed = facts.Speed(),
            Tariff = tariff is null ? null : new TariffJson(new Instant(tariff.FromTime), tariff.Retail, tariff.FeedIn),
            Members = now.Find<long>("SELECT COUNT(*) FROM members"),
            Started = now.Find<long?>("SELECT MIN(time) FROM blocks") is { } started ? new Instant(started) : null,
            Height = now.Height,
        });
    });

    private IResult Rules() => tables.Read(now =>
    {
        Instant time = facts.Now;
        RuleRow? inForce = RuleRow.At(now, time);
        TariffRow? tariff = TariffRow.At(now, time);
        return cache.Answer($"rules {inForce?.FromTime} {tariff?.FromTime}", now.Height, () => new RulesJson(
            inForce is null ? null : RuleJson.Of(inForce),
            [.. now.Query<RuleRow>($"SELECT {RuleRow.Columns} FROM parameters WHERE from_time > @at ORDER BY from_time", new { at = time.UnixMilliseconds }).Select(RuleJson.Of)],
            tariff is null ? null : Json(tariff),
            [.. now.Query<TariffRow>($"SELECT {TariffRow.Columns} FROM tariffs WHERE from_time > @at ORDER BY from_time LIMIT 1000", new { at = time.UnixMilliseconds }).Select(Json)]));
    });

    private static TariffJson Json(TariffRow row) => new(new Instant(row.FromTime), row.Retail, row.FeedIn);

    private static long? Minutes(long? milliseconds) => milliseconds / 60_000;
}

/// <summary>The community.</summary>
internal sealed record CommunityJson
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its time zone (IANA): days and months begin there.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Its currency (ISO 4217); money is given in millionths of it.</summary>
    public required string Currency { get; init; }

    /// <summary>The ledger's id.</summary>
    public required string LedgerId { get; init; }

    /// <summary>The mechanism by which orders are cleared, or energy is shared; null before there are rules.</summary>
    public required string? Mechanism { get; init; }

    /// <summary>How long a delivery period lasts.</summary>
    public required long? PeriodMinutes { get; init; }

    /// <summary>How long before delivery a period's market opens.</summary>
    public required long? ListingLeadMinutes { get; init; }

    /// <summary>How long before delivery its gate closes.</summary>
    public required long? GateLeadMinutes { get; init; }

    /// <summary>How long after delivery it settles.</summary>
    public required long? ReadingDeadlineMinutes { get; init; }

    /// <summary>How deviations are settled: <c>pooled</c> or <c>utility</c>.</summary>
    public required string? Imbalance { get; init; }

    /// <summary>What a seller pays for each kWh he sold and did not deliver, micro-currency.</summary>
    public required long? ShortfallPenalty { get; init; }

    /// <summary>What the buyer pays the DSO for each kWh traded, micro-currency.</summary>
    public required long? LocalGridFee { get; init; }

    /// <summary>The community's time.</summary>
    public required Instant Now { get; init; }

    /// <summary>How many seconds of the community pass in one second: 1, or more in a demonstration.</summary>
    public required double Speed { get; init; }

    /// <summary>The utility's tariff now.</summary>
    public required TariffJson? Tariff { get; init; }

    /// <summary>How many members are registered.</summary>
    public required long Members { get; init; }

    /// <summary>When the ledger began.</summary>
    public required Instant? Started { get; init; }

    /// <summary>Up to which block the answers of this interface are made.</summary>
    public required long Height { get; init; }
}

/// <summary>The utility's prices from a time on.</summary>
/// <param name="From">From when on.</param>
/// <param name="Retail">What it charges, micro-currency per kWh.</param>
/// <param name="FeedIn">What it pays, micro-currency per kWh.</param>
internal sealed record TariffJson(Instant From, long Retail, long FeedIn);

/// <summary>The rules of the market.</summary>
/// <param name="InForce">Those in force, or null before there were any.</param>
/// <param name="Scheduled">Those that are announced, by time.</param>
/// <param name="Tariff">The tariff in force.</param>
/// <param name="TariffsAhead">The tariffs that are announced, by time.</param>
internal sealed record RulesJson(RuleJson? InForce, IReadOnlyList<RuleJson> Scheduled, TariffJson? Tariff, IReadOnlyList<TariffJson> TariffsAhead);

/// <summary>The rules for deliveries from a time on.</summary>
internal sealed record RuleJson
{
    /// <summary>From when on.</summary>
    public required Instant From { get; init; }

    /// <summary>When they were announced.</summary>
    public required Instant AnnouncedAt { get; init; }

    /// <summary>In which block.</summary>
    public required long Block { get; init; }

    /// <summary>How long a period lasts.</summary>
    public required long PeriodMinutes { get; init; }

    /// <summary>How long before delivery its market opens.</summary>
    public required long ListingLeadMinutes { get; init; }

    /// <summary>How long before delivery its gate closes.</summary>
    public required long GateLeadMinutes { get; init; }

    /// <summary>How long after delivery it settles.</summary>
    public required long ReadingDeadlineMinutes { get; init; }

    /// <summary>How long after delivery corrections are made.</summary>
    public required long CorrectionWindowMinutes { get; init; }

    /// <summary>The mechanism.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Who is served at equal prices: <c>arrival</c> or <c>pro-rata</c>.</summary>
    public required string Rationing { get; init; }

    /// <summary>What a reverse auction pays: <c>as-offered</c> or <c>uniform</c>.</summary>
    public required string ReverseAuction { get; init; }

    /// <summary>How deviations are settled: <c>pooled</c> or <c>utility</c>.</summary>
    public required string Imbalance { get; init; }

    /// <summary>Micro-currency for each kWh sold and not delivered.</summary>
    public required long ShortfallPenalty { get; init; }

    /// <summary>Micro-currency for each kWh traded.</summary>
    public required long LocalGridFee { get; init; }

    /// <summary>How a surplus is shared where there are no orders.</summary>
    public required string SharingKey { get; init; }

    /// <summary>The price of shared energy where it is fixed, micro-currency per kWh.</summary>
    public required long? FixedPrice { get; init; }

    /// <summary>A row as it is sent.</summary>
    public static RuleJson Of(RuleRow row) => new()
    {
        From = new Instant(row.FromTime),
        AnnouncedAt = new Instant(row.AnnouncedAt),
        Block = row.Height,
        PeriodMinutes = row.PeriodMs / 60_000,
        ListingLeadMinutes = row.ListingLeadMs / 60_000,
        GateLeadMinutes = row.GateLeadMs / 60_000,
        ReadingDeadlineMinutes = row.DeadlineMs / 60_000,
        CorrectionWindowMinutes = row.WindowMs / 60_000,
        Mechanism = row.Mechanism,
        Rationing = row.Rationing == 0 ? "arrival" : "pro-rata",
        ReverseAuction = row.ReverseAuction == 0 ? "as-offered" : "uniform",
        Imbalance = ImbalanceName(row),
        ShortfallPenalty = row.ShortfallPenalty,
        LocalGridFee = row.LocalGridFee,
        SharingKey = row.SharingKey,
        FixedPrice = row.FixedPrice,
    };

    /// <summary>How deviations are settled.</summary>
    public static string ImbalanceName(RuleRow row) => row.Imbalance == 0 ? "pooled" : "utility";
}
