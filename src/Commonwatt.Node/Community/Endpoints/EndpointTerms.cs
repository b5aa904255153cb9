using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>Who may call an endpoint, and how the description of the interface tells of it.</summary>
internal static class EndpointTerms
{
    /// <summary>The policy for members.</summary>
    public const string Member = "Member";

    /// <summary>The policy for managers.</summary>
    public const string Manager = "Manager";

    private const string Problem = "application/problem+json";

    /// <summary>The public interface's endpoints, with their parameters checked first.</summary>
    public static RouteGroupBuilder Api(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/v1");
        group.AddEndpointFilter(new CheckedQueries());
        return group;
    }

    /// <summary>Anybody may call it.</summary>
    public static RouteHandlerBuilder ForAnybody<T>(this RouteHandlerBuilder endpoint, string tag, string summary) =>
        endpoint.WithTags(tag).WithSummary(summary).Produces<T>().Produces<ProblemJson>(StatusCodes.Status400BadRequest, Problem).AllowAnonymous();

    /// <summary>Members may call it, each for himself.</summary>
    public static RouteHandlerBuilder ForMembers<T>(this RouteHandlerBuilder endpoint, string tag, string summary) =>
        endpoint.ForSome<T>(tag, summary).Produces<ProblemJson>(StatusCodes.Status404NotFound, Problem).RequireAuthorization(Member);

    /// <summary>Holders of any of some roles may call it.</summary>
    public static RouteHandlerBuilder ForRoles<T>(this RouteHandlerBuilder endpoint, string tag, string summary, params string[] roles) =>
        endpoint.ForSome<T>(tag, summary).RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireClaim("role", roles));

    /// <summary>Holders of any of some roles may call it, and machines with a scope.</summary>
    public static RouteHandlerBuilder ForRolesOrScope<T>(this RouteHandlerBuilder endpoint, string tag, string summary, string scope, params string[] roles) =>
        endpoint.ForSome<T>(tag, summary).RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(
            context => roles.Any(role => context.User.HasClaim("role", role)) || context.User.HasClaim("scope", scope)));

    /// <summary>The answer is a table.</summary>
    public static RouteHandlerBuilder AsCsv(this RouteHandlerBuilder endpoint) => endpoint.Produces<string>(StatusCodes.Status200OK, "text/csv");

    /// <summary>The answer carries a tag, and is not sent again to who has it.</summary>
    public static RouteHandlerBuilder WithTag304(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status304NotModified);

    private static RouteHandlerBuilder ForSome<T>(this RouteHandlerBuilder endpoint, string tag, string summary)
    {
        if (typeof(T) != typeof(CsvTable))
        {
            endpoint.Produces<T>();
        }

        return endpoint
            .WithTags(tag)
            .WithSummary(summary)
            .Produces<ProblemJson>(StatusCodes.Status400BadRequest, Problem)
            .Produces<ProblemJson>(StatusCodes.Status401Unauthorized, Problem)
            .Produces<ProblemJson>(StatusCodes.Status403Forbidden, Problem);
    }
}
