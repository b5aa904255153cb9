using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Commonwatt.Node.People;

/// <summary>
/// Who may use an endpoint, by name: <c>SignedIn</c>, <c>Member</c>, <c>Manager</c>, <c>Dso</c>, <c>Auditor</c>, <c>Scope:readings:write</c> and the other scopes, or
/// several of them with <c>|</c> between, of which one is enough.
/// </summary>
/// <param name="options">The framework's.</param>
internal sealed class Policies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    /// <summary>Any person with an account.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>People who run the community.</summary>
    public const string Manager = "Manager";

    private static readonly Dictionary<string, (string Type, string? Value)> Named = Names();

    /// <summary>What holds for an endpoint that says nothing.</summary>
    public static AuthorizationPolicy Otherwise { get; } = new AuthorizationPolicyBuilder().AddRequirements(new OpenByName()).Build();

    /// <inheritdoc/>
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        (string Type, string? Value)[] any = [.. policyName.Split('|').Where(Named.ContainsKey).Select(name => Named[name])];
        return any.Length < policyName.Split('|').Length
            ? await base.GetPolicyAsync(policyName)
            : new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(context => any.Any(one => one.Value is null
                    ? context.User.HasClaim(claim => string.Equals(claim.Type, one.Type, StringComparison.Ordinal))
                    : context.User.HasClaim(one.Type, one.Value)))
                .Build();
    }

    private static Dictionary<string, (string Type, string? Value)> Names()
    {
        var names = new Dictionary<string, (string Type, string? Value)>(StringComparer.Ordinal) { [SignedIn] = (Claims.Person, null) };
        foreach (string role in Roles.All)
        {
            names[$"{char.ToUpperInvariant(role[0])}{role[1..]}"] = (Claims.Role, role);
        }

        foreach (string scope in Scopes.All)
        {
            names[$"Scope:{scope}"] = (Claims.Scope, scope);
        }

        return names;
    }
}

/// <summary>An endpoint of the API that names no policy, and does not say that it is for everybody, is closed. The ledger's own paths are for everybody.</summary>
internal sealed class OpenByName : AuthorizationHandler<OpenByName>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OpenByName requirement)
    {
        // What answers where nothing else does, such as the pages, comes last and says itself that there is nothing.
        bool isClosed = context.Resource is not HttpContext http
            || (http.GetEndpoint() is RouteEndpoint { Order: < int.MaxValue } && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase));
        if (!isClosed)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
