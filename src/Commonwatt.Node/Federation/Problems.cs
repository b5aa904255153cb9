using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Federation;

/// <summary>Errors as RFC 9457 has them.</summary>
internal static class Problems
{
    /// <summary>An error with a sentence for people.</summary>
    public static IResult Of(int status, string sentence) => Results.Problem(detail: sentence, statusCode: status);
}
