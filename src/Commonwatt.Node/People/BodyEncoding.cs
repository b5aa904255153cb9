using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Commonwatt.Node.People;

/// <summary>Refuses bodies that say they are in another encoding than UTF-8: JSON is in no other between machines (RFC 8259, section 8.1), and one that nobody knows cannot be read.</summary>
internal static class BodyEncoding
{
    /// <summary>Lets a request pass, or refuses it.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        IsRead(context.Request)
            ? next(context)
            : Refusals.Of(StatusCodes.Status415UnsupportedMediaType, "wrong-charset", "The request's body is to be in UTF-8: leave 'charset' out of its content type.").ExecuteAsync(context);

    private static bool IsRead(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        || !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
