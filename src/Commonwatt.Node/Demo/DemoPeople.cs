using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Demo;

/// <summary>Lets whoever looks at the demo be one of its people, without a password: on this machine alone, for keys that guard nothing.</summary>
/// <param name="people">The people.</param>
/// <param name="neighbours">All others who live on the street: they have names, and nobody can be them.</param>
internal sealed class DemoPeople(IReadOnlyList<DemoPerson> people, IReadOnlyList<DemoPerson> neighbours) : INodePart
{
    private IServiceProvider? services;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        services = routes.ServiceProvider;
        routes.MapGet("/api/v1/demo/people", () => Results.Json(people.Select(person => new { id = person.Id, name = person.Name, role = person.Roles[0], home = person.Home }))).WithTags("Demo").WithSummary("Whom somebody who looks at the demo may be").AllowAnonymous();
        routes.MapPost("/api/v1/demo/sign-in", SignIn).WithTags("Demo").WithSummary("Signs in as one of the demo's people").AllowAnonymous();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        PeopleStore store = services!.GetRequiredService<PeopleStore>();
        foreach (DemoPerson person in people.Concat(neighbours))
        {
            store.EnsureDemoPerson(person.Id, person.Name, person.Roles, person.Key.Address.ToString(), person.Key.PublicKey.ToString());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IResult SignIn(HttpContext context, SignInRequest request, SignIns signIns, Accounts accounts)
    {
        if (!IsFromHere(context))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "The demo's people sign in from the demo's own pages, on the machine it runs on.");
        }

        if (people.FirstOrDefault(each => string.Equals(each.Id, request.Person, StringComparison.Ordinal)) is not { } person)
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"Nobody in the demo is called '{request.Person}': GET /api/v1/demo/people names them.");
        }

        signIns.SignInAs(context, person.Id, "demo");
        JsonObject session = JsonSerializer.SerializeToNode(accounts.SessionOf(person.Id), JsonSerializerOptions.Web)!.AsObject();
        context.Response.Headers.CacheControl = "no-store";
        session["privateKey"] = PrivateKey(person);
        return Results.Json(session);
    }

    // A page of another site that reaches this machine by a name of its own gets no key; what others send across sites, the people's part refuses.
    private static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender)
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out IPAddress? host) && IPAddress.IsLoopback(host)));

    private static string PrivateKey(DemoPerson person)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(person.Key.ToPem());
        return Base64Url.EncodeToString(key.ExportPkcs8PrivateKey());
    }

    internal sealed record SignInRequest(string? Person);
}
