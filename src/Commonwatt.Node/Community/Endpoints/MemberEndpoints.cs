using System.Security.Claims;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>The community's members, for those who look after it. Their names are for the manager alone.</summary>
internal sealed class MemberEndpoints(CommunityTables tables, IPeopleDirectory people)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api) => api.MapGet("/members", Members)
        .ForRoles<Page<MemberJson>>("Members", "Members with their accounts, assets and meters; names for the manager alone", "manager", "auditor");

    private IResult Members(ClaimsPrincipal user, [AsParameters] PageQuery page)
    {
        const string list = "members";
        if (page.After(list, 1, out long[]? after) is { } problem)
        {
            return problem;
        }

        return tables.Read(now =>
        {
            IReadOnlyList<MemberRow> rows = now.Query<MemberRow>(
                """
                SELECT m.number AS Number, m.address AS Address, m.connection_w AS ConnectionW, m.generation_w AS GenerationW, m.weight AS Weight, m.tier AS Tier, m.is_suspended AS IsSuspended,
                  m.since AS Since, a.balance AS Balance, a.locked AS Locked, a.credit_line AS CreditLine
                FROM members m LEFT JOIN accounts a ON a.account = m.number WHERE m.number > @after ORDER BY m.number LIMIT @limit
                """,
                new { after = after?[0] ?? 0, limit = page.Count + 1 });
            Page<MemberRow> shown = Page<MemberRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Number));
            object bounds = new { first = shown.Items.Count == 0 ? 0 : shown.Items[0].Number, last = shown.Items.Count == 0 ? 0 : shown.Items[^1].Number };
            ILookup<long, AssetJson> assets = now.Query<(long Member, string Name, string Kind, long PowerW)>(
                "SELECT member, name, kind, power_w FROM assets WHERE member >= @first AND member <= @last AND until IS NULL ORDER BY member, name", bounds)
                .ToLookup(row => row.Member, row => new AssetJson(row.Name, row.Kind, row.PowerW));
            ILookup<long, string> meters = now.Query<(long Member, byte[] Meter)>(
                "SELECT member, meter FROM meters WHERE member >= @first AND member <= @last AND until IS NULL", bounds)
                .ToLookup(row => row.Member, row => new Address(row.Meter).ToString());
            IReadOnlyDictionary<long, string> names = new Caller(user).IsManager ? people.Names() : new Dictionary<long, string>();
            return Results.Json(new Page<MemberJson>(
                [.. shown.Items.Select(row => row.ToJson(names.GetValueOrDefault(row.Number), meters[row.Number].FirstOrDefault(), [.. assets[row.Number]]))], shown.Next));
        });
    }

    private sealed record MemberRow
    {
        public long Number { get; init; }

        public byte[] Address { get; init; } = [];

        public long ConnectionW { get; init; }

        public long GenerationW { get; init; }

        public long Weight { get; init; }

        public long Tier { get; init; }

        public long IsSuspended { get; init; }

        public long Since { get; init; }

        public long? Balance { get; init; }

        public long? Locked { get; init; }

        public long? CreditLine { get; init; }

        public MemberJson ToJson(string? name, string? meter, IReadOnlyList<AssetJson> assets) => new(
            Number,
            name,
            new Address(Address).ToString(),
            ConnectionW,
            GenerationW,
            Weight,
            Tier,
            IsSuspended != 0,
            new Instant(Since),
            Balance ?? 0,
            Locked ?? 0,
            CreditLine ?? 0,
            meter,
            assets);
    }
}

/// <summary>A member.</summary>
/// <param name="Number">His number.</param>
/// <param name="Name">His name, for the manager; else null.</param>
/// <param name="Address">His address on the ledger.</param>
/// <param name="ConnectionW">What his connection carries.</param>
/// <param name="GenerationW">What his assets deliver together.</param>
/// <param name="SharingWeight">His weight where a surplus is shared by a static key.</param>
/// <param name="SharingTier">His tier where it is shared by tiers.</param>
/// <param name="Suspended">Whether he may place no orders.</param>
/// <param name="Since">When he joined.</param>
/// <param name="Balance">Micro-currency.</param>
/// <param name="Locked">Micro-currency.</param>
/// <param name="CreditLine">Micro-currency.</param>
/// <param name="Meter">His meter's address, or null.</param>
/// <param name="Assets">What he can generate with or store in.</param>
internal sealed record MemberJson(
    long Number,
    string? Name,
    string Address,
    long ConnectionW,
    long GenerationW,
    long SharingWeight,
    long SharingTier,
    bool Suspended,
    Instant Since,
    long Balance,
    long Locked,
    long CreditLine,
    string? Meter,
    IReadOnlyList<AssetJson> Assets);

/// <summary>An asset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>pv</c>, <c>wind</c>, <c>battery</c>, <c>chp</c> or <c>other</c>.</param>
/// <param name="PowerW">The most it delivers.</param>
internal sealed record AssetJson(string Name, string Kind, long PowerW);
