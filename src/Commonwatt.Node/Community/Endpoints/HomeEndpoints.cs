using System.Security.Claims;
using Commonwatt.Node.Community.Home;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>What a member sees first.</summary>
internal sealed class HomeEndpoints(CommunityFacts facts, CommunityTables tables, InvoiceArchive archive, IReadingSource readings)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api) =>
        api.MapGet("/me/home", (ClaimsPrincipal user) => Me.Answer(user, member => Results.Json(Home(member))))
            .ForMembers<HomeJson>("Home", "What is happening at my home just now, and why; my balance and what I saved");

    /// <summary>What a member sees first.</summary>
    public HomeJson Home(long member) => tables.Read(snapshot =>
    {
        Instant now = facts.Now;
        LivePower? power = readings.LatestOf(member);
        PeriodRow? running = snapshot.Find<PeriodRow>(
            $"SELECT {PeriodRow.Columns} FROM periods WHERE delivery <= @now ORDER BY delivery DESC LIMIT 1", new { now = now.UnixMilliseconds });
        running = running?.End > now ? running : null;
        TariffRow? tariff = running is null ? null : TariffRow.At(snapshot, running.Start);
        HomePriceJson? price = running is null ? null : new HomePriceJson(running.Price, running.Retail ?? tariff?.Retail, running.FeedIn ?? tariff?.FeedIn, running.Start);
        HomePeriodJson? period = running is null ? null : PeriodOf(snapshot, member, running);
        Account account = Account.Of(snapshot, member);
        return new HomeJson(
            now,
            power is null ? null : PowerJson.Of(power, now),
            price,
            period,
            account.Balance,
            account.Locked,
            account.CreditLine,
            account.Available,
            archive.SavedThisMonth(snapshot, member).Micros,
            archive.SavedToday(snapshot, member).Micros,
            HomeSentence.Of(now, power, price, period));
    });

    private static HomePeriodJson PeriodOf(TableSnapshot snapshot, long member, PeriodRow running)
    {
        (long Bought, long Sold, long Others) sums = snapshot.Find<(long, long, long)>(
            """
            SELECT COALESCE(CAST(SUM(CASE WHEN buyer = @member THEN quantity_wh ELSE 0 END) AS BIGINT), 0), COALESCE(CAST(SUM(CASE WHEN seller = @member THEN quantity_wh ELSE 0 END) AS BIGINT), 0),
              COUNT(DISTINCT CASE WHEN buyer = @member THEN seller ELSE buyer END)
            FROM trades WHERE delivery = @delivery AND (buyer = @member OR seller = @member)
            """,
            new { member, delivery = running.Delivery });
        return new HomePeriodJson(running.Start, running.End, sums.Bought, sums.Sold, sums.Others);
    }
}
