using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>The cookie that holds a session's secret: for this host alone, for no script, and for no request that another site began.</summary>
internal static class SessionCookie
{
    private const string Name = "commonwatt";
    // A browser takes a cookie of such a name only over TLS and for this host alone (RFC 6265bis, 4.1.3.2).
    private const string SecureName = "__Host-commonwatt";

    /// <summary>The secret in a request, or null.</summary>
    public static string? Read(HttpRequest request) => request.Cookies.TryGetValue(NameFor(request), out string? token) && token is { Length: > 0 and < 100 } ? token : null;

    /// <summary>Gives the browser a secret.</summary>
    public static void Write(HttpContext context, string token) =>
        context.Response.Cookies.Append(NameFor(context.Request), token, Options(context.Request, SessionStore.Longest));

    /// <summary>Takes it away again.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, lifetime: null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : Name;

    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
