using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Invoices;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Which month is asked for.</summary>
/// <param name="Month">A month such as <c>2026-11</c>; without it, the one that runs.</param>
internal sealed record MonthQuery(string? Month) : ICheckedQuery
{
    /// <inheritdoc/>
    public IResult? Problem => Month is null || BillingMonth.TryParse(Month, out _)
        ? null
        : ApiProblem.WrongParameter("month", "wrong-month", "'month' is a year and a month, such as 2026-11.");

    /// <summary>The month, or null where none is named.</summary>
    public BillingMonth? Given => BillingMonth.TryParse(Month, out BillingMonth month) ? month : null;
}
