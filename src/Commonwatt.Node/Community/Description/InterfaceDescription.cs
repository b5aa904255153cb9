using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Commonwatt.Node.Community.Description;

/// <summary>The description of the public interface (OpenAPI), made from the endpoints themselves.</summary>
internal static class InterfaceDescription
{
    private const string Cookie = "session";
    private const string Token = "machine";

    /// <summary>Adds the document <c>v1</c>: every endpoint under <c>/api/v1</c>, whichever part it is of.</summary>
    public static void AddInterfaceDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Commonwatt",
                Version = "v1",
                Description = "The public interface of a local energy community. Energy is in whole Wh, power in W, money in millionths of the currency, prices in millionths per kWh; "
                    + "times are ISO 8601 in UTC. Errors are problem details (RFC 9457) with a code.",
            };
            document.Servers = [];
            AddSecurity(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(Instant) || context.JsonTypeInfo.Type == typeof(Instant?))
            {
                bool isOptional = context.JsonTypeInfo.Type == typeof(Instant?);
                schema.Type = isOptional ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
                schema.Format = "date-time";
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Document is { } document && ChapterOf(context.Description.RelativePath ?? "") is { } chapter)
            {
                document.Tags ??= new HashSet<OpenApiTag>();
                document.Tags.Add(new OpenApiTag { Name = chapter });
                operation.Tags = new HashSet<OpenApiTagReference> { new(chapter, document) };
            }

            IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
            bool isGuarded = metadata.OfType<IAuthorizeData>().Any() || metadata.OfType<AuthorizationPolicy>().Any();
            isGuarded &= !metadata.OfType<IAllowAnonymous>().Any();
            if (isGuarded)
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Cookie, context.Document)] = [] },
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] },
                ];
            }

            DescribedTerms.Complete(operation, context, isGuarded);
            return Task.CompletedTask;
        });
    });

    // What is about people is one room of the program, and several things to whoever reads about it.
    private static string? ChapterOf(string path) => path.Split('/') switch
    {
        [_, _, "session", ..] => "Signing in",
        [_, _, "account", ..] => "Account",
        [_, _, "invitations", ..] => "Invitations",
        [_, _, "clients" or "token", ..] => "Machines",
        [_, _, "people" or "admissions", ..] => "People",
        _ => null,
    };

    private static void AddSecurity(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "__Host-commonwatt",
                Description = "A person's session, from signing in with a passkey or a password. Requests that change something also carry the header X-Commonwatt: 1.",
            },
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "A machine's token.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri("/api/v1/token", UriKind.Relative),
                        Scopes = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["community:read"] = "What anybody may read.",
                            ["settlement:read"] = "All settlement lines.",
                            ["readings:write"] = "To send readings.",
                            ["metrics:read"] = "What the node counts, at /metrics.",
                        },
                    },
                },
            },
        };
    }
}
