using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Commonwatt.Node.Community.Answers;

/// <summary>Errors of the public interface, as RFC 9457 has them: a sentence in <c>detail</c>, a stable <c>code</c> for programs, and the <c>field</c> that is wrong where it is one.</summary>
internal static class ApiProblem
{
    /// <summary>An error.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">What programs know it by, such as <c>wrong-range</c>.</param>
    /// <param name="sentence">What is wrong and what would be right.</param>
    /// <param name="field">The field or parameter that is wrong, or null.</param>
    public static ProblemHttpResult Of(int status, string code, string sentence, string? field = null)
    {
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (field is not null)
        {
            more["field"] = field;
        }

        return TypedResults.Problem(detail: sentence, statusCode: status, type: "about:blank", extensions: more);
    }

    /// <summary>A parameter that is wrong.</summary>
    public static ProblemHttpResult WrongParameter(string field, string code, string sentence) => Of(StatusCodes.Status400BadRequest, code, sentence, field);

    /// <summary>Something that is not there, or that the caller may not know of.</summary>
    public static ProblemHttpResult NotFound(string sentence) => Of(StatusCodes.Status404NotFound, "not-found", sentence);
}

/// <summary>An error as it is sent, for the description of the interface.</summary>
/// <param name="Type">Always <c>about:blank</c>.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for people: what is wrong and what would be right.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Field">The parameter or field that is wrong, where it is one.</param>
internal sealed record ProblemJson(string Type, string? Title, int Status, string Detail, string Code, string? Field);
