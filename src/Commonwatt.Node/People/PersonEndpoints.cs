using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>The manager's list of people, their roles, and erasing somebody who asked for it.</summary>
/// <param name="people">The people.</param>
/// <param name="accounts">What people see of their own accounts.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PersonEndpoints(PeopleStore people, Accounts accounts, SecurityLog log, TimeProvider clock)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/people", List).RequireAuthorization(Policies.Manager).Produces<Listed<PersonItem>>()
            .WithSummary("All people with their roles and member numbers");
        api.MapPut("/people/{id}/roles", SetRoles).RequireAuthorization(Policies.Manager).AfterFreshSignIn(clock).Produces<PersonItem>()
            .WithSummary("Sets somebody's roles; asks for a sign-in within 15 minutes");
        api.MapPost("/people/{id}/erase", EraseAsync).RequireAuthorization(Policies.Manager).AfterFreshSignIn(clock).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Erases somebody's personal data and raw readings; asks for a sign-in within 15 minutes");
    }

    private IResult List(int? limit, string? cursor) => PeopleEndpoint.PageSize(limit) is { } size
        ? PeopleEndpoint.Page(people.List(cursor ?? "", size + 1), size, row => Item(row.Person, row.Roles), row => row.Person.Id)
        : PeopleEndpoint.WrongPageSize();

    private IResult SetRoles(string id, RolesEntry entry, HttpContext context)
    {
        if (PersonFields.ProblemOfRoles(entry.Roles) is { } problem)
        {
            return Refusals.Field("roles", problem);
        }

        if (people.Find(id) is not { } person)
        {
            return Refusals.NotFound("person");
        }

        if (!people.SetRoles(id, entry.Roles!))
        {
            return AccountEndpoints.LastManager();
        }

        log.Note("roles-changed", id, Claims.PersonOf(context.User), string.Join(", ", entry.Roles!));
        return Results.Json(Item(person, people.RolesOf(id)));
    }

    private async Task<IResult> EraseAsync(string id, Erasure erasure, HttpContext context)
    {
        if (people.Find(id) is null)
        {
            return Refusals.NotFound("person");
        }

        return await erasure.EraseAsync(id, Claims.PersonOf(context.User)!, CancellationToken.None) ? Results.NoContent() : AccountEndpoints.LastManager();
    }

    private PersonItem Item(Person person, IReadOnlyList<string> roles) =>
        new(person.Id, person.Name, roles, person.Address, accounts.NumberOf(person.Address), Times.Of(person.Created));

    private sealed record RolesEntry(IReadOnlyList<string>? Roles);
}
