using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Idempotency;
using Commonwatt.Node.Community.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Readings;

/// <summary>Where meters send their readings, and where a member sees his own.</summary>
/// <param name="intake">Takes them in.</param>
/// <param name="store">Where they are kept.</param>
/// <param name="source">What is known of them.</param>
/// <param name="gateway">The address that reports them.</param>
internal sealed class ReadingEndpoints(ReadingIntake intake, ReadingStore store, ReadingSource source, Address gateway)
{
    private const int MostGiven = 5_000;
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/readings", Take).RequireAuthorization("Scope:readings:write").TakesIdempotencyKey()
            .WithTags("Readings").WithSummary("Takes readings of meters. What was sent before does no harm; what cannot be true is refused, each with a sentence.")
            .Produces<ReadingsAnswer>();
        routes.MapGet("/api/v1/gateway", () => TypedResults.Ok(new GatewayJson(gateway.ToString()))).RequireAuthorization("SignedIn")
            .WithTags("Readings").WithSummary("The address that this node reports readings from: meters are registered with it, or their readings stay off the ledger.");
        routes.MapGet("/api/v1/me/readings", Own).RequireAuthorization("Member")
            .WithTags("Readings").WithSummary("The member's own raw readings, at most 31 days in one request.")
            .Produces<OwnReadings>();
    }

    /// <summary>Takes readings in.</summary>
    internal IResult Take(ReadingsRequest request)
    {
        if (request.Readings is not { Count: > 0 and <= ReadingsRequest.Most } sent)
        {
            return ApiProblem.WrongParameter("readings", "wrong-readings", $"A request holds 1 to {ReadingsRequest.Most} readings.");
        }

        var refusals = new ReadingRefusal?[sent.Count];
        var readings = new List<MeterReading>(sent.Count);
        var places = new List<int>(sent.Count);
        for (int index = 0; index < sent.Count; index++)
        {
            (MeterReading? reading, refusals[index]) = sent[index]?.Read() ?? (null, new ReadingRefusal("wrong-reading", "A reading is an object with meter, at, importWh and exportWh."));
            if (reading is not null)
            {
                readings.Add(reading);
                places.Add(index);
            }
        }

        if (intake.Take(readings) is not { } outcomes)
        {
            return ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "not-ready", "The node has not opened its ledger yet, and does not know the meters: send it again in a few seconds.");
        }

        for (int index = 0; index < outcomes.Count; index++)
        {
            refusals[places[index]] = outcomes[index];
        }

        RefusedReading[] refused = [.. refusals.Index().Where(one => one.Item is not null).Select(one => new RefusedReading(one.Index, one.Item!.Code, one.Item.Sentence))];
        return TypedResults.Ok(new ReadingsAnswer(sent.Count - refused.Length, refused));
    }

    private IResult Own(HttpContext context, string from, string to)
    {
        if (!InstantJson.TryRead(from, out Instant start) || !InstantJson.TryRead(to, out Instant end) || end <= start || end - start > LongestRange)
        {
            return ApiProblem.WrongParameter("to", "wrong-range", $"'from' and 'to' are times in ISO 8601 with Z or offset, 'to' the later one, {LongestRange.Days} days apart at most.");
        }

        if (new Caller(context.User).Member is not { } member || source.MeterOf(member) is not { } meter)
        {
            return TypedResults.Ok(new OwnReadings([], Next: null));
        }

        // A meter that changed hands shows nobody what it measured for another.
        if (intake.Latest.Of(meter)?.Member != member)
        {
            return TypedResults.Ok(new OwnReadings([], Next: null));
        }

        IReadOnlyList<MeterReading> readings = store.Raw(meter, start, end, MostGiven + 1);
        return TypedResults.Ok(new OwnReadings(
            [.. readings.Take(MostGiven).Select(ReadingJson.Of)],
            readings.Count > MostGiven ? readings[MostGiven].At.ToString() : null));
    }
}

/// <summary>What became of readings.</summary>
/// <param name="Accepted">How many were taken, those that were known already included.</param>
/// <param name="Refused">Those that were not.</param>
internal sealed record ReadingsAnswer(int Accepted, IReadOnlyList<RefusedReading> Refused);

/// <summary>Who reports readings.</summary>
/// <param name="Address">The gateway's address.</param>
internal sealed record GatewayJson(string Address);

/// <summary>A reading that was not taken.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Code">A word for programs.</param>
/// <param name="Sentence">A sentence for people.</param>
internal sealed record RefusedReading(int Index, string Code, string Sentence);

/// <summary>A member's own readings.</summary>
/// <param name="Items">The readings by time.</param>
/// <param name="Next">Where there are more: from when on to ask for them.</param>
internal sealed record OwnReadings(IReadOnlyList<ReadingJson> Items, string? Next);
