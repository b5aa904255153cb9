using Commonwatt.Node.Community.Answers;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>The parameters <c>from</c>, <c>to</c> and <c>resolution</c>.</summary>
/// <param name="From">The start of the range, ISO 8601 with offset or Z. Without it, the day before 'to', or today.</param>
/// <param name="To">The end of the range, which is not part of it. Without it, a day after 'from'.</param>
/// <param name="Resolution">What is summed up: <c>period</c> (usual), <c>hour</c>, <c>day</c> or <c>month</c>, in the community's time zone.</param>
internal sealed record ResolutionQuery(string? From, string? To, string? Resolution) : RangeQuery(From, To)
{
    /// <inheritdoc/>
    public override IResult? Problem => base.Problem ?? (Asked is null
        ? ApiProblem.WrongParameter("resolution", "wrong-resolution", "'resolution' is period, hour, day or month.")
        : null);

    /// <summary>What is summed up.</summary>
    public Resolution Unit => Asked ?? Requests.Resolution.Period;

    private Resolution? Asked => Resolution switch
    {
        null or "period" => Requests.Resolution.Period,
        "hour" => Requests.Resolution.Hour,
        "day" => Requests.Resolution.Day,
        "month" => Requests.Resolution.Month,
        _ => null,
    };
}
