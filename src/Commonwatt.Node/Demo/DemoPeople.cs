using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Demo;

/// <summary>Lets whoever looks at the demo be one of its people, without a password: on this machine alone, for keys that guard nothing.</summary>
/// <param name="people">The people.</param>
/// <param name="accounts">Their accounts, or null where the node keeps none.</param>
internal sealed class DemoPeople(IReadOnlyList<DemoPerson> people, IDemoAccounts? accounts) : INodePart
{
    private const string OwnPagesHeader = "X-Commonwatt";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/demo/people", () => Results.Json(people.Select(person => new { id = person.Id, name = person.Name, role = person.Roles[0], home = person.Home })));
        routes.MapPost("/api/v1/demo/sign-in", SignInAsync);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IResult> SignInAsync(HttpContext context, SignInRequest request)
    {
        if (!IsFromHere(context))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "The demo's people sign in from the demo's own pages, on the machine it runs on.");
        }

        if (people.FirstOrDefault(each => string.Equals(each.Id, request.Person, StringComparison.Ordinal)) is not { } person)
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"Nobody in the demo is called '{request.Person}': GET /api/v1/demo/people names them.");
        }

        JsonObject session = accounts is null ? [] : await accounts.SignInAsync(context, accounts.Ensure(person));
        context.Response.Headers.CacheControl = "no-store";
        session["privateKey"] = PrivateKey(person);
        return Results.Json(session);
    }

    // A page of another site that reaches this machine by a name of its own, or sends a form here, gets no key.
    private static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender)
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out IPAddress? host) && IPAddress.IsLoopback(host)))
        && context.Request.Headers.ContainsKey(OwnPagesHeader);

    private static string PrivateKey(DemoPerson person)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(person.Key.ToPem());
        return Base64Url.EncodeToString(key.ExportPkcs8PrivateKey());
    }

    internal sealed record SignInRequest(string? Person);
}
