using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Commonwatt.Node.Pages;

/// <summary>Serves the built pages: files under their names, and the first page for every route that is the pages' own.</summary>
/// <param name="files">The pages.</param>
internal sealed class PagesPart(PageFiles files) : INodePart
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    // What is below these is never a route of the pages: a wrong address there is an error that programs can read.
    private static readonly PathString[] NotPages = ["/api", "/openapi", "/health", "/status", "/blocks", "/snapshot", "/validator-changes", "/transactions", "/metrics", "/assets"];

    /// <summary>Where pages are built to, seen from the program.</summary>
    public static string UsualFolder => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "web"));

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapFallback("{*path}", AnswerAsync).AllowAnonymous();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = request.Path.Value ?? "/";
        PageFile? file = files.Find(path) ?? (IsRoute(request.Path) ? files.Index : null);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return SendAsync(context, file);
    }

    // A path whose last part has a dot asks for a file; what is not there is missing, and no page.
    private static bool IsRoute(PathString path) =>
        !Array.Exists(NotPages, other => path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase)) && !Path.HasExtension(path.Value);

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        (string path, string? encoding) = Choose(file, context.Request.Headers.AcceptEncoding);
        string tag = encoding is null ? file.Tag : $"{file.Tag[..^1]}-{encoding}\"";
        IHeaderDictionary headers = context.Response.Headers;
        headers.ETag = tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = file.IsHashed ? Forever : AskAgain;
        headers.XContentTypeOptions = "nosniff";
        if (file.Type.StartsWith("text/html", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = SecurityHeaders.Policy;
            headers["Referrer-Policy"] = "no-referrer";
        }

        if (IsKnown(context.Request.Headers.IfNoneMatch, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = file.Type;
        headers.ContentLength = new FileInfo(path).Length;
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.SendFileAsync(path, context.RequestAborted);
        }
    }

    private static (string Path, string? Encoding) Choose(PageFile file, StringValues accepted)
    {
        if (file.Brotli is { } brotli && Takes(accepted, "br"))
        {
            return (brotli, "br");
        }

        return file.Gzip is { } gzip && Takes(accepted, "gzip") ? (gzip, "gzip") : (file.Path, null);
    }

    private static bool Takes(StringValues accepted, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out IList<StringWithQualityHeaderValue>? values)
        && values.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);

    private static bool IsKnown(StringValues given, string tag) =>
        EntityTagHeaderValue.TryParseList(given, out IList<EntityTagHeaderValue>? tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag.Equals(tag, StringComparison.Ordinal));
}
