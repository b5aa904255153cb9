using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Sentences for what the framework refuses without one.</summary>
internal static class PlainProblems
{
    /// <summary>Adds a sentence where there is none.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be read.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
            StatusCodes.Status413PayloadTooLarge => "The request is larger than what is taken here.",
            StatusCodes.Status415UnsupportedMediaType => "The request's body has another content type than what is taken here, such as application/json.",
            _ => null,
        };
    }
}
