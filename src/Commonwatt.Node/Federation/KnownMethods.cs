using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Commonwatt.Node.Federation;

/// <summary>
/// Answers a method that an address does not take with those that it takes, before anything asks who may use it. Where pages are served, these answer every other request, and
/// the framework finds nothing wrong with its method.
/// </summary>
/// <param name="routes">The server's endpoints, complete once it serves.</param>
internal sealed class KnownMethods(IEndpointRouteBuilder routes)
{
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Path, IReadOnlyList<string> Methods)>> known = new(() => Known(routes));

    /// <summary>Lets a request pass, or names the methods.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is RouteEndpoint { Order: < int.MaxValue } || MethodsOf(context.Request.Path) is not { Length: > 0 } methods)
        {
            return next(context);
        }

        if (methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.Of(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);
    }

    /// <summary>Refuses a body of a wrong kind, for which alone a request was led to the pages. Stands after what guards against other sites.</summary>
    public Task InvokeOnBodyAsync(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is RouteEndpoint { Order: int.MaxValue } && context.Request.ContentType is not null
        && MethodsOf(context.Request.Path).Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase)
            ? Problems.Of(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context)
            : next(context);

    private static IReadOnlyList<(TemplateMatcher Path, IReadOnlyList<string> Methods)> Known(IEndpointRouteBuilder routes) =>
    [
        .. routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Order < int.MaxValue && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .Select(endpoint => (new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)),
    ];

    private string[] MethodsOf(PathString path) =>
        [.. known.Value.Where(one => one.Path.TryMatch(path, [])).SelectMany(one => one.Methods).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
