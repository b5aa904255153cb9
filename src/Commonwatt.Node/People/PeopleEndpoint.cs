using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>What holds for all endpoints of people.</summary>
internal static class PeopleEndpoint
{
    private const int MostBytes = 64 * 1024;
    private const int UsualPage = 100;
    private const int LargestPage = 500;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>A group of endpoints: small requests, and answers that nobody keeps.</summary>
    public static RouteGroupBuilder MapPeople(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/v1").WithTags("People").WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        return group;
    }

    /// <summary>The endpoint wants that whoever is signed in has proved it within a quarter of an hour: it could lock him out, or is not to be undone.</summary>
    public static RouteHandlerBuilder AfterFreshSignIn(this RouteHandlerBuilder endpoint, TimeProvider clock) =>
        endpoint.AddEndpointFilter(async (context, next) => IsFresh(context.HttpContext, clock) ? await next(context) : SignInAgain());

    /// <summary>Whether whoever is signed in has proved who he is within a quarter of an hour.</summary>
    public static bool IsFresh(HttpContext context, TimeProvider clock) =>
        clock.Now() - long.Parse(context.User.FindFirstValue(Claims.ProvedAt) ?? "0", CultureInfo.InvariantCulture) <= Fresh.TotalMilliseconds;

    /// <summary>The last sign-in is too long ago for what is asked.</summary>
    public static IResult SignInAgain() =>
        Refusals.Of(StatusCodes.Status403Forbidden, "sign-in-again", "Sign in again first: this is asked where the last sign-in is more than 15 minutes ago.");

    /// <summary>The size of a page that is asked for, or null where it cannot be.</summary>
    public static int? PageSize(int? limit) => limit switch
    {
        null => UsualPage,
        >= 1 and <= LargestPage => limit,
        _ => null,
    };

    /// <summary>A page can have 1 to 500 entries.</summary>
    public static IResult WrongPageSize() => Refusals.Field("limit", $"'limit' is a whole number from 1 to {LargestPage}.");

    /// <summary>A page of a list that was read one entry longer than it is, to see whether it goes on.</summary>
    public static IResult Page<TRow, TItem>(IReadOnlyList<TRow> rows, int size, Func<TRow, TItem> item, Func<TRow, string> cursor) =>
        Results.Json(new Listed<TItem>([.. rows.Take(size).Select(item)], rows.Count > size ? cursor(rows[size - 1]) : null));
}
