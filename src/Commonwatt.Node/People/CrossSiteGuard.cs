using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>
/// Refuses requests that change something where a browser sent them for another site's page. They need a header that no form and no image can set, and the word of the
/// browser that the community's own page sent them. A machine client's token is proof enough: no browser adds it by itself.
/// </summary>
/// <param name="origins">Where the community's pages come from.</param>
internal sealed class CrossSiteGuard(SiteOrigins origins)
{
    /// <summary>The header that the pages send.</summary>
    public const string Header = "X-Commonwatt";

    /// <summary>Where tokens are given, to machines alone.</summary>
    public const string TokenPath = "/api/v1/token";

    private const string Sentence =
        $"A request that changes something comes from the community's own pages, with the header {Header}: 1, or from a script with a machine's token, "
        + $"in the header Authorization: Bearer TOKEN. A script gets its token at {TokenPath} with the id and the secret of a machine that the manager made.";

    /// <summary>Lets a request pass, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        IsGuarded(context.Request) && !IsFromOwnPage(context.Request)
            ? Refusals.Of(StatusCodes.Status403Forbidden, "cross-site", Sentence).ExecuteAsync(context)
            : next(context);

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && SessionAuthentication.BearerOf(request) is null
        && !(request.Path.Equals(TokenPath, StringComparison.OrdinalIgnoreCase) && SessionCookie.Read(request) is null);

    private bool IsFromOwnPage(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isSaid = origin.Length > 0 || site.Length > 0;
        return request.Headers[Header].ToString() is "1" && isSaid && origins.IsOwnHost(request)
            && (origin.Length == 0 || origins.IsOwn(request, origin))
            && (site.Length == 0 || string.Equals(site, "same-origin", StringComparison.Ordinal));
    }
}
