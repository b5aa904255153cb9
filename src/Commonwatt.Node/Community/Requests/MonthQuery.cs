using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Invoices;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Which month is asked for.</summary>
/// <param name="Month">A month such as <c>2026-11</c>; without it, the one that runs.</param>
internal sealed record MonthQuery(string? Month) : ICheckedQuery
{
    /// <inheritdoc/>
    public IResult? Problem => Month is null || BillingMonth.TryParse(Month, out _)
        ? null
        : ApiProblem.WrongParameter("month", "wrong-month", "'month' is a year and a month, such as 2026-11.");

    /// <summary>The month; without one, the one that runs.</summary>
    public BillingMonth MonthIn(Instant now, DateTimeZone zone) => BillingMonth.TryParse(Month, out BillingMonth month) ? month : BillingMonth.At(now, zone);
}
