using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Federation;

/// <summary>Errors as RFC 9457 has them: each with a sentence for people and a code for programs.</summary>
internal static class Problems
{
    /// <summary>An error of which its status says all.</summary>
    public static IResult Of(int status) => Of(status, SentenceOf(status));

    /// <summary>An error with a sentence for people.</summary>
    public static IResult Of(int status, string sentence) => Of(status, CodeOf(status), sentence);

    /// <summary>An error.</summary>
    /// <param name="status">The status.</param>
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

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "wrong-request",
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "wrong-role",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "wrong-method",
        StatusCodes.Status408RequestTimeout => "too-slow",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "wrong-content-type",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "not-ready",
        >= StatusCodes.Status500InternalServerError => "fault",
        _ => "refused",
    };

    private static string SentenceOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read.",
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "This account may not do that.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method: the header Allow names those that it takes.",
        StatusCodes.Status408RequestTimeout => "The request's body came too slowly: send it again.",
        StatusCodes.Status413PayloadTooLarge => "The request is larger than what is taken here.",
        StatusCodes.Status415UnsupportedMediaType => "The request's body has another content type than what is taken here, such as application/json.",
        StatusCodes.Status429TooManyRequests => "Too many requests: wait a little.",
        StatusCodes.Status503ServiceUnavailable => "The node cannot answer this just now: ask again in a few seconds.",
        >= StatusCodes.Status500InternalServerError => "The node failed at this request; its log says more.",
        _ => "The request is refused.",
    };
}
