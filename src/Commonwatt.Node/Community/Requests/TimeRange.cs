using Commonwatt.Node.Community.Answers;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>A stretch of time, from its start up to and without its end.</summary>
/// <param name="From">The start.</param>
/// <param name="To">The end, after the start.</param>
internal readonly record struct TimeRange(Instant From, Instant To)
{
    /// <summary>The longest that one request may ask for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);
}

/// <summary>Parameters that are checked before the endpoint runs.</summary>
internal interface ICheckedQuery
{
    /// <summary>What is wrong with them, or null.</summary>
    IResult? Problem { get; }
}

/// <summary>The parameters <c>from</c> and <c>to</c>.</summary>
/// <param name="From">The start of the range, ISO 8601 with offset or Z. Without it, the day before 'to', or today.</param>
/// <param name="To">The end of the range, which is not part of it. Without it, a day after 'from'.</param>
internal record RangeQuery(string? From, string? To) : ICheckedQuery
{
    private const string Example = "such as 2026-11-21T13:00:00Z";

    /// <inheritdoc/>
    public virtual IResult? Problem
    {
        get
        {
            Instant from = default;
            Instant to = default;
            if (From is not null && !InstantJson.TryRead(From, out from))
            {
                return ApiProblem.WrongParameter("from", "wrong-time", $"'from' is a time in ISO 8601 with its offset or Z, {Example}; in an address a + is written %2B.");
            }

            if (To is not null && !InstantJson.TryRead(To, out to))
            {
                return ApiProblem.WrongParameter("to", "wrong-time", $"'to' is a time in ISO 8601 with its offset or Z, {Example}; in an address a + is written %2B.");
            }

            if (From is null || To is null)
            {
                return null;
            }

            if (to <= from)
            {
                return ApiProblem.WrongParameter("to", "wrong-range", $"'to' is after 'from': {to} is not after {from}.");
            }

            return to - from <= MostTime
                ? null
                : ApiProblem.WrongParameter("to", "wrong-range", $"One request is for {MostTime.Days} days at most: ask for {from} to {from + MostTime}, then for the rest.");
        }
    }

    /// <summary>The longest range that is taken.</summary>
    protected virtual TimeSpan MostTime => TimeRange.Longest;

    /// <summary>The range that is asked for; without parameters, today.</summary>
    /// <param name="now">The community's time.</param>
    /// <param name="calendar">The community's calendar.</param>
    public TimeRange Range(Instant now, LocalCalendar calendar)
    {
        bool hasFrom = InstantJson.TryRead(From, out Instant from);
        bool hasTo = InstantJson.TryRead(To, out Instant to);
        return (hasFrom, hasTo) switch
        {
            (true, true) => new TimeRange(from, to),
            (true, false) => new TimeRange(from, from + TimeSpan.FromDays(1)),
            (false, true) => new TimeRange(to - TimeSpan.FromDays(1), to),
            _ => calendar.DayOf(now),
        };
    }
}
