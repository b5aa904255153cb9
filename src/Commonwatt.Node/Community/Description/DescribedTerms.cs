using System.Globalization;
using Commonwatt.Node.Community.Idempotency;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Commonwatt.Node.Community.Description;

/// <summary>Adds to the description of each endpoint what holds for many of them: the headers they take, and how they refuse.</summary>
internal static class DescribedTerms
{
    private const int LongestHeader = 200;

    /// <summary>Completes the description of an endpoint.</summary>
    /// <param name="operation">The description, as far as it is made from the endpoint's code.</param>
    /// <param name="context">Which endpoint it is of.</param>
    /// <param name="isGuarded">Whether it is not for everybody.</param>
    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool isGuarded)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (isGuarded)
        {
            Refuses(operation, StatusCodes.Status401Unauthorized, "Nobody is signed in.");
            Refuses(operation, StatusCodes.Status403Forbidden, "This is for others than who asks.");
        }

        if (ComesFromPages(context, metadata))
        {
            Takes(operation, CrossSiteGuard.Header, "1, from the community's own pages. Not for machines, which send a token.");
            Refuses(operation, StatusCodes.Status403Forbidden, "The request does not come from the community's own pages.");
        }

        if (metadata.OfType<TakesKey>().Any())
        {
            Takes(operation, IdempotencyFilter.Header, "Names the request, so that it can be sent again: for 24 hours the same name with the same body gets the first answer again. 1 to 200 visible ASCII characters.");
            Refuses(operation, StatusCodes.Status409Conflict, "The request with this name is being answered, or its answer can no longer be read.");
            Refuses(operation, StatusCodes.Status422UnprocessableEntity, "This name stands for another request.");
        }

        if (operation.Responses?.ContainsKey(Code(StatusCodes.Status304NotModified)) == true)
        {
            Takes(operation, "If-None-Match", "The ETag of an answer that the caller has: where it has not changed, it is not sent again.");
        }
    }

    private static bool ComesFromPages(OpenApiOperationTransformerContext context, IList<object> metadata) =>
        context.Description.HttpMethod is { } method && !HttpMethods.IsGet(method)
        && !string.Equals($"/{context.Description.RelativePath}", CrossSiteGuard.TokenPath, StringComparison.Ordinal)
        && !metadata.OfType<IAuthorizeData>().Any(rule => rule.Policy?.StartsWith("Scope:", StringComparison.Ordinal) == true);

    private static void Takes(OpenApiOperation operation, string header, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = LongestHeader },
        });
    }

    private static void Refuses(OpenApiOperation operation, int status, string description)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(Code(status), new OpenApiResponse { Description = description });
    }

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}
