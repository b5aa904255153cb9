using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Commonwatt.Node.People;

/// <summary>Gives machine clients tokens for their credentials (OAuth 2.0, RFC 6749, section 4.4).</summary>
/// <param name="clients">The machine clients.</param>
/// <param name="log">Where it is noted.</param>
internal sealed class TokenEndpoint(ClientStore clients, SecurityLog log)
{
    private const string Basic = "Basic ";
    private const int LongestField = 500;

    /// <summary>Adds the endpoint.</summary>
    public void Map(RouteGroupBuilder api) => api.MapPost("/token", (Delegate)GiveAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Token).Produces<TokenAnswer>()
        .WithSummary("Gives a machine a token for its id and secret (OAuth 2.0 client credentials, a form); good for 15 minutes");

    private async Task<IResult> GiveAsync(HttpContext context)
    {
        context.Response.Headers.Pragma = "no-cache";
        if (!IsPlainForm(context.Request) || await ReadFormAsync(context) is not { } form)
        {
            return Refused("invalid_request", "The body is a form: application/x-www-form-urlencoded, each field once.");
        }

        if (!string.Equals(form["grant_type"], "client_credentials", StringComparison.Ordinal))
        {
            return Refused(form.ContainsKey("grant_type") ? "unsupported_grant_type" : "invalid_request", "'grant_type' is client_credentials.");
        }

        bool isByHeader = context.Request.Headers.Authorization.ToString().StartsWith(Basic, StringComparison.OrdinalIgnoreCase);
        if (isByHeader && (form.ContainsKey("client_secret") || form.ContainsKey("client_id")))
        {
            return Refused("invalid_request", "The credentials stand in the header or in the body, not in both.");
        }

        (string id, string secret) = isByHeader ? FromHeader(context.Request) : (form["client_id"].ToString(), form["client_secret"].ToString());
        if (clients.Authenticate(id, secret) is not { } client)
        {
            log.Note("token-refused", detail: $"from {ClientAddress.Of(context)}");
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Commonwatt\"";
            return Results.Json(new TokenError("invalid_client", "The client's id or secret is wrong, or it was revoked."), statusCode: StatusCodes.Status401Unauthorized);
        }

        return Give(client, form["scope"].ToString());
    }

    // Forms in several parts are for files, and have none here.
    private static bool IsPlainForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        try
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form.All(field => field.Value.Count == 1 && field.Value.ToString().Length <= LongestField) ? form : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private IResult Give(ClientRow client, string asked)
    {
        string[] allowed = client.Scopes.Split(' ');
        string[] scopes = asked.Length == 0 ? allowed : [.. asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        if (scopes.Length == 0 || !scopes.All(scope => allowed.Contains(scope, StringComparer.Ordinal)))
        {
            return Refused("invalid_scope", $"This client may have: {client.Scopes}.");
        }

        string token = clients.GiveToken(client.Id, scopes);
        return Results.Json(new TokenAnswer(token, "Bearer", (int)ClientStore.TokenLifetime.TotalSeconds, string.Join(' ', scopes)));
    }

    // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
    private static (string Id, string Secret) FromHeader(HttpRequest request)
    {
        try
        {
            string pair = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization.ToString()[Basic.Length..].Trim()));
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? ("", "") : (WebUtility.UrlDecode(pair[..colon]), WebUtility.UrlDecode(pair[(colon + 1)..]));
        }
        catch (FormatException)
        {
            return ("", "");
        }
    }

    private static IResult Refused(string error, string sentence) => Results.Json(new TokenError(error, sentence), statusCode: StatusCodes.Status400BadRequest);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    private sealed record TokenError(
        [property: JsonPropertyName("error")] string Error,
        [property: JsonPropertyName("error_description")] string Description);
}
