using System.Security.Cryptography;
using System.Text;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Community.Idempotency;

/// <summary>
/// Lets a caller repeat a request that he does not know the outcome of: with the same header <c>Idempotency-Key</c> and the same body he gets the
/// first answer again, for 24 hours, and nothing is done twice. An answer of status 500 or more, or one that refuses whoever asks, is not kept.
/// </summary>
/// <remarks>Answers are kept protected by the node's own keys, since some hold a secret that is shown once: the tables alone do not tell it.</remarks>
/// <param name="store">What was answered before.</param>
/// <param name="keys">The node's keys.</param>
internal sealed class IdempotencyFilter(IdempotencyStore store, IDataProtectionProvider keys) : IEndpointFilter
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    private readonly IDataProtector protector = keys.CreateProtector("Commonwatt.Idempotency.v1");

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

    private IResult Repeat(EarlierRequest earlier, string request)
    {
        if (!string.Equals(earlier.Request, request, StringComparison.Ordinal))
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {Header} stands for another request: take a new key for each.", Header);
        }

        return earlier.Status is { } status
            ? Reveal((int)status, earlier)
            : ApiProblem.Of(StatusCodes.Status409Conflict, "idempotency-in-progress", "The request with this key is being answered: ask again in a moment.", Header);
    }

    private IResult Reveal(int status, EarlierRequest earlier)
    {
        try
        {
            return new RepeatedAnswer(status, earlier.ContentType, earlier.Body is { Length: > 0 } kept ? protector.Unprotect(kept) : [], earlier.Location);
        }
        catch (CryptographicException)
        {
            return ApiProblem.Of(
                StatusCodes.Status409Conflict, "idempotency-answer-lost", "The request with this key was done, and its answer can no longer be read: see what came of it, and take a new key.", Header);
        }
    }

    // What was refused for who asked, or how often, was not done: it may be tried again when that has changed.
    private static bool IsKept(int status) =>
        status is < StatusCodes.Status500InternalServerError and not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests);

    private async Task<IResult> DoAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string caller, string key)
    {
        HttpContext http = context.HttpContext;
        Stream outside = http.Response.Body;
        using var written = new MemoryStream();
        http.Response.Body = written;

        // What was begun is kept to its end, also where the caller has gone by then: it is he who will ask again.
        CancellationToken gone = http.RequestAborted;
        http.RequestAborted = CancellationToken.None;
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
            http.RequestAborted = gone;
        }

        var answer = new RepeatedAnswer(http.Response.StatusCode, http.Response.ContentType, written.ToArray(), http.Response.Headers.Location);
        if (IsKept(answer.Status))
        {
            store.Keep(caller, key, answer.Status, answer.ContentType, answer.Body.Length == 0 ? [] : protector.Protect(answer.Body), answer.Location);
        }
        else
        {
            store.Release(caller, key);
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
        endpoint.AddEndpointFilter((context, next) => context.HttpContext.Request.Headers.ContainsKey(IdempotencyFilter.Header)
            ? context.HttpContext.RequestServices.GetRequiredService<IdempotencyFilter>().InvokeAsync(context, next)
            : next(context)).WithMetadata(new TakesKey());
}

/// <summary>Says of an endpoint that it takes the header <c>Idempotency-Key</c>.</summary>
internal sealed class TakesKey;
