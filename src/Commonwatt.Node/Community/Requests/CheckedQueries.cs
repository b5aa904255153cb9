using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Answers with what is wrong about a request's parameters, so that endpoints see right ones only.</summary>
internal sealed class CheckedQueries : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (object? argument in context.Arguments)
        {
            if (argument is ICheckedQuery { Problem: { } problem })
            {
                return ValueTask.FromResult<object?>(problem);
            }
        }

        return next(context);
    }
}
