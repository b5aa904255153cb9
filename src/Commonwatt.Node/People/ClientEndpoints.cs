using Commonwatt.Node.Community.Idempotency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>The manager's machine clients.</summary>
/// <param name="clients">The machine clients.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class ClientEndpoints(ClientStore clients, SecurityLog log, TimeProvider clock)
{
    private const int MostClients = 1000;

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/clients", List).RequireAuthorization(Policies.Manager).Produces<Listed<ClientItem>>()
            .WithSummary("The machines that may sign in");
        api.MapPost("/clients", Make).RequireAuthorization(Policies.Manager).AfterFreshSignIn(clock).TakesIdempotencyKey().Produces<ClientMade>(StatusCodes.Status201Created)
            .WithSummary("Lets a machine in; its secret is shown once. Asks for a sign-in within 15 minutes");
        api.MapDelete("/clients/{id}", Revoke).RequireAuthorization(Policies.Manager).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Revokes a machine with all its tokens");
    }

    private IResult List() => Results.Json(new Listed<ClientItem>(
        [.. clients.List().Select(row => new ClientItem(row.Id, row.Name, row.Scopes.Split(' '), Times.Of(row.Created), Times.Of(row.Used)))],
        Next: null));

    private IResult Make(ClientEntry entry, HttpContext context)
    {
        if (PersonFields.ProblemOfName(entry.Name) is { } problem)
        {
            return Refusals.Field("name", problem);
        }

        if (entry.Scopes is not { Count: > 0 } || !entry.Scopes.All(scope => Scopes.All.Contains(scope, StringComparer.Ordinal)))
        {
            return Refusals.Field("scopes", $"Name at least one scope of {string.Join(", ", Scopes.All)}.");
        }

        IReadOnlyList<ClientRow> present = clients.List();
        if (present.Any(row => string.Equals(row.Name, entry.Name!.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "name-taken", $"There is a machine '{entry.Name!.Trim()}' already: choose another name, so that you know which one to revoke.");
        }

        if (present.Count >= MostClients)
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "too-many-clients", $"There are {MostClients} clients already: remove those that are no longer used.");
        }

        string actor = Claims.PersonOf(context.User)!;
        (string id, string secret) = clients.Make(entry.Name!, entry.Scopes, actor);
        log.Note("client-made", actor: actor, detail: $"{id} for {string.Join(", ", entry.Scopes)}");
        return Results.Json(new ClientMade(id, secret, [.. entry.Scopes.Distinct(StringComparer.Ordinal)]), statusCode: StatusCodes.Status201Created);
    }

    private IResult Revoke(string id, HttpContext context)
    {
        if (!clients.Revoke(id))
        {
            return Refusals.NotFound("client");
        }

        log.Note("client-revoked", actor: Claims.PersonOf(context.User), detail: id);
        return Results.NoContent();
    }

    private sealed record ClientEntry(string? Name, IReadOnlyList<string>? Scopes);
}
