using System.Security.Claims;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>Finds the member who asks. What is a member's own is found by his number alone, which comes from his sign-in and never from the request.</summary>
internal static class Me
{
    /// <summary>Answers the member who asks, or says that he is none yet.</summary>
    public static IResult Answer(ClaimsPrincipal user, Func<long, IResult> answer) => new Caller(user).Member is { } member
        ? answer(member)
        : ApiProblem.Of(
            StatusCodes.Status404NotFound,
            "not-registered",
            "You are not registered on the community's ledger yet: the manager does that once your key is made. Then your energy, wallet and bills are here.");
}
