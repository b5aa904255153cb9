using System.Globalization;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Federation;

/// <summary>Where transactions are sent, and asked after.</summary>
/// <param name="host">The node.</param>
internal sealed class TransactionEndpoints(LedgerHost host)
{
    private const double LongestWait = 60;
    private const double UsualWait = 10;
    private const string Binary = "application/octet-stream";

    /// <summary>Adds the endpoints to a server.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/transactions", SubmitAsync);
        routes.MapGet("/transactions/{id}", Find);
    }

    /// <summary>An answer as it is sent.</summary>
    public static object ToJson(TransactionAnswer answer) => new
    {
        id = answer.Id.ToString(),
        status = answer.Status switch
        {
            TransactionStatus.Final => "final",
            TransactionStatus.Refused => "refused",
            _ => "unknown",
        },
        height = answer.Height,
        code = answer.Outcome.IsDone ? null : answer.Outcome.Code,
        sentence = answer.Outcome.IsDone ? null : answer.Outcome.Sentence,
        mayStillHappen = answer.MayStillHappen,
    };

    private async Task<IResult> SubmitAsync(HttpContext context, string? wait)
    {
        if (!double.TryParse(wait ?? "10", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds is not (>= 0 and <= LongestWait))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"'wait' is a number of seconds from 0 to {LongestWait}, such as {UsualWait}.");
        }

        if (!string.Equals(context.Request.ContentType, Binary, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, $"The body is an encoded Transaction, sent as {Binary}.");
        }

        if (await ReadAsync(context) is not { } bytes)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A transaction has at most {TransactionLimits.Bytes} bytes.");
        }

        SignedTransaction transaction;
        try
        {
            transaction = SignedTransaction.Decode(bytes.Span);
        }
        catch (MalformedBytesException malformed)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"The body is no transaction. {malformed.Message}");
        }

        TransactionAnswer answer = await host.SubmitAsync(transaction, TimeSpan.FromSeconds(seconds), context.RequestAborted);
        if (answer.Outcome.Code is "busy" or "stopping" or "too-many-waiting")
        {
            context.Response.Headers.RetryAfter = "3";
        }

        return Results.Json(ToJson(answer), statusCode: StatusOf(answer));
    }

    private IResult Find(string id)
    {
        if (!Hash.TryParse(id, out Hash hash))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "A transaction's id has 64 hexadecimal digits in small letters.");
        }

        return host.Find(hash) is { } answer
            ? Results.Json(ToJson(answer))
            : Problems.Of(StatusCodes.Status404NotFound, "This node does not know the transaction: it was not sent here and is in no final block, or it was long ago. Sending its bytes again is safe.");
    }

    private static int StatusOf(TransactionAnswer answer) => answer switch
    {
        { Outcome.Code: "busy" or "stopping" or "not-validator" } => StatusCodes.Status503ServiceUnavailable,
        { Outcome.Code: "too-many-waiting" } => StatusCodes.Status429TooManyRequests,
        { Status: TransactionStatus.Unknown, Height: null, MayStillHappen: true } => StatusCodes.Status202Accepted,
        { Status: TransactionStatus.Refused, Height: null } => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status200OK,
    };

    // One byte more than is allowed is read, so that what is too long shows.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > TransactionLimits.Bytes)
        {
            return null;
        }

        byte[] buffer = new byte[(int)(context.Request.ContentLength ?? TransactionLimits.Bytes) + 1];
        int read = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        return read <= TransactionLimits.Bytes ? buffer.AsMemory(0, read) : default(ReadOnlyMemory<byte>?);
    }
}
