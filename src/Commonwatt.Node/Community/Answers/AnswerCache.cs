using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Commonwatt.Node.Community.Answers;

/// <summary>Answers that hold as long as no further block is final: made once, however many ask, and not sent to who has them already.</summary>
/// <param name="json">How they are written.</param>
internal sealed class AnswerCache(JsonSerializerOptions json) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan KeptUnused = TimeSpan.FromMinutes(5);

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly Gates gates = new();

    /// <summary>The answer to a question about the tables at some height.</summary>
    /// <param name="question">What is asked and for whom: everything that the answer depends on but the tables.</param>
    /// <param name="height">Up to which block the tables are made.</param>
    /// <param name="make">Makes the answer.</param>
    public IResult Answer<T>(string question, long height, Func<T> make)
    {
        (string, long) key = (question, height);
        if (answers.TryGetValue(key, out TaggedJson? known) && known is not null)
        {
            return known;
        }

        lock (gates.Of(key))
        {
            if (answers.TryGetValue(key, out known) && known is not null)
            {
                return known;
            }

            var made = new TaggedJson(JsonSerializer.SerializeToUtf8Bytes(make(), json));
            return answers.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length, SlidingExpiration = KeptUnused });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => answers.Dispose();
}

/// <summary>JSON with a tag by which a caller can ask whether it changed.</summary>
/// <param name="body">The JSON.</param>
internal sealed class TaggedJson(byte[] body) : IResult
{
    private readonly string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";

    /// <summary>How long the body is.</summary>
    public int Length => body.Length;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = tag;
        // Kept by the caller alone, and asked after each time.
        response.Headers.CacheControl = "private, no-cache";
        if (IsKnown(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private bool IsKnown(HttpRequest request)
    {
        foreach (string? value in request.Headers.IfNoneMatch)
        {
            foreach (string one in (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (string.Equals(one, "*", StringComparison.Ordinal) || string.Equals(one.StartsWith("W/", StringComparison.Ordinal) ? one[2..] : one, tag, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
