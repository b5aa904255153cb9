using System.Globalization;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Invoices;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Which settlement lines are asked for.</summary>
/// <param name="From">The start of the range of deliveries, ISO 8601 with offset or Z. Without it, the day before 'to', or today.</param>
/// <param name="To">The end of the range, which is not part of it. Without it, a day after 'from'.</param>
/// <param name="Kind">Lines of this kind alone: <c>trade</c>, <c>grid-fee</c>, <c>imbalance</c>, <c>utility-import</c>, <c>utility-export</c> or <c>penalty</c>.</param>
/// <param name="Member">Lines of this member alone, by number.</param>
internal sealed record SettlementQuery(string? From, string? To, string? Kind, string? Member) : RangeQuery(From, To)
{
    /// <inheritdoc/>
    public override IResult? Problem => base.Problem
        ?? (Kind is null || LineName.Kinds.Contains(Kind, StringComparer.Ordinal)
            ? null
            : ApiProblem.WrongParameter("kind", "wrong-kind", $"'kind' is one of {string.Join(", ", LineName.Kinds)}."))
        ?? (Member is null || Number is not null ? null : ApiProblem.WrongParameter("member", "wrong-member", "'member' is a member's number, such as 3."));

    /// <summary>The member's number, or null for all.</summary>
    public long? Number => uint.TryParse(Member, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    /// <summary>Years may be exported at once: lines are sent as they are read.</summary>
    protected override TimeSpan MostTime => TimeSpan.FromDays(3660);
}
