using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>What every answer tells a browser to refuse: scripts and requests of other sites, being framed, guessing of types, devices it does not need.</summary>
internal static class SecurityHeaders
{
    /// <summary>What the pages may load, and from where.</summary>
    // Style attributes alone may stand in the page: charts place their labels with them. Scripts and style sheets are files of the node.
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private const string Devices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
        + "publickey-credentials-create=(self), publickey-credentials-get=(self)";

    /// <summary>Adds the headers when the answer begins, also where an error was made of it.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(Add, context.Response);
        return next(context);
    }

    private static Task Add(object state)
    {
        var response = (HttpResponse)state;
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Devices;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (response.HttpContext.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return Task.CompletedTask;
    }
}
