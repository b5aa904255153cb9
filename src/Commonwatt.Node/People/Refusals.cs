using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Why a request is refused: as RFC 9457 has it, with a code for programs and a sentence for people.</summary>
internal static class Refusals
{
    /// <summary>A refusal.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="code">For programs.</param>
    /// <param name="sentence">For people.</param>
    /// <param name="field">The field that is wrong, or null.</param>
    public static IResult Of(int status, string code, string sentence, string? field = null)
    {
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (field is not null)
        {
            more["field"] = field;
        }

        return Results.Problem(detail: sentence, statusCode: status, type: "about:blank", extensions: more);
    }

    /// <summary>A field has a value that cannot be.</summary>
    public static IResult Field(string field, string sentence) => Of(StatusCodes.Status400BadRequest, "wrong-field", sentence, field);

    /// <summary>Nobody is signed in.</summary>
    public static IResult NotSignedIn() => Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.");

    /// <summary>Whoever is signed in may not do this.</summary>
    public static IResult WrongRole() => Of(StatusCodes.Status403Forbidden, "wrong-role", "This account may not do that.");

    /// <summary>There is no such thing, or it is somebody else's.</summary>
    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");

    /// <summary>Somebody is to wait.</summary>
    public static IResult Wait(HttpContext context, TimeSpan wait, string sentence)
    {
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", sentence);
    }
}
