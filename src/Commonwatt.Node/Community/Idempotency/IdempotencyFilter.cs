using System.Security.Cryptography;
using System.Text;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Community.Idempotency;

/// <summary>
/// Lets a caller repeat a request that he does not know the outcome of: with the same header <c>Idempotency-Key</c> and the same body he gets the
/// first answer again, for 24 hours, and nothing is done twice. An answer of status 500 or more is not kept.
/// </summary>
/// <remarks>Answers are kept as they are sent: not for endpoints whose answer holds a secret.</remarks>
/// <param name="store">What was answered before.</param>
internal sealed class IdempotencyFilter(IdempotencyStore store) : IEndpointFilter
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    /// <summary>Keeps request bodies for reading again where a key is given. Stands before the endpoints.</summary>
    public static Task KeepBody(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.ContainsKey(Header))
        {
            context.Request.EnableBuffering();
        }

        return next(context);
    }

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues values))
        {
            return await next(context);
        }

        string key = values.ToString();
        if (key.Length is 0 or > LongestKey || !key.All(letter => letter is > ' ' and < (char)127))
        {
            return ApiProblem.WrongParameter(Header, "wrong-idempotency-key", $"{Header} is 1 to {LongestKey} visible ASCII characters, such as a random UUID.");
        }

        if (new Caller(http.User).Name is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "not-signed-in", $"{Header} is for those who are signed in.", Header);
        }

        string request = await HashAsync(http.Request);
        return store.Take(caller, key, request) is { } earlier
            ? Repeat(earlier, request)
            : await DoAsync(context, next, caller, key);
    }

    private static IResult Repeat(EarlierRequest earlier, string request)
    {
        if (!string.Equals(earlier.Request, request, StringComparison.Ordinal))
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {Header} stands for another request: take a new key for each.", Header);
        }

        return earlier.Status is { } status
            ? new RepeatedAnswer((int)status, earlier.ContentType, earlier.Body ?? [], earlier.Location)
            : ApiProblem.Of(StatusCodes.Status409Conflict, "idempotency-in-progress", "The request with this key is being answered: ask again in a moment.", Header);
    }

    private async Task<IResult> DoAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string caller, string key)
    {
        HttpContext http = context.HttpContext;
        Stream outside = http.Response.Body;
        using var written = new MemoryStream();
        http.Response.Body = written;
        try
        {
            object? result = await next(context);
            await (result as IResult ?? Results.Json(result)).ExecuteAsync(http);
        }
        catch
        {
            store.Release(caller, key);
            throw;
        }
        finally
        {
            http.Response.Body = outside;
        }

        var answer = new RepeatedAnswer(http.Response.StatusCode, http.Response.ContentType, written.ToArray(), http.Response.Headers.Location);
        if (answer.Status >= StatusCodes.Status500InternalServerError)
        {
            store.Release(caller, key);
        }
        else
        {
            store.Keep(caller, key, answer.Status, answer.ContentType, answer.Body, answer.Location);
        }

        return answer;
    }

    private static async Task<string> HashAsync(HttpRequest request)
    {
        if (!request.Body.CanSeek)
        {
            throw new InvalidOperationException($"{nameof(IdempotencyFilter)}.{nameof(KeepBody)} does not stand before the endpoint {request.Path}.");
        }

        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}\n"));
        byte[] buffer = new byte[16 * 1024];
        for (int read = await request.Body.ReadAsync(buffer); read > 0; read = await request.Body.ReadAsync(buffer))
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record RepeatedAnswer(int Status, string? ContentType, byte[] Body, string? Location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = ContentType;
            if (Location is not null)
            {
                httpContext.Response.Headers.Location = Location;
            }

            return Body.Length == 0 ? Task.CompletedTask : httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
        }
    }
}

/// <summary>Lets endpoints take the header <c>Idempotency-Key</c>.</summary>
internal static class IdempotencyConvention
{
    /// <summary>The endpoint answers a repeated request with its first answer.</summary>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<IdempotencyFilter>().InvokeAsync(context, next));
}
