using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Commonwatt.Node.People;

/// <summary>How much one client may ask: each session, machine client and address has a measure of its own.</summary>
/// <param name="limits">The measures.</param>
internal sealed class RequestRates(RequestLimits limits)
{
    /// <summary>The policy of endpoints that sign somebody in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy of the endpoint that gives tokens.</summary>
    public const string Token = "token";

    /// <summary>The policy of endpoints that take an invitation's token.</summary>
    public const string Invitation = "invitation";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Adds the measures to the framework's.</summary>
    public void AddTo(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, _) => await Refuse(context.HttpContext, context.Lease).ExecuteAsync(context.HttpContext);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(General);
        options.AddPolicy(SignIn, context => PerMinute(context, limits.SignInsPerMinute));
        options.AddPolicy(Token, context => PerMinute(context, limits.TokensPerMinute));
        options.AddPolicy(Invitation, context => PerMinute(context, limits.InvitationsPerMinute));
    }

    private static IResult Refuse(HttpContext context, RateLimitLease lease)
    {
        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(1);
        long seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Refusals.Of(StatusCodes.Status429TooManyRequests, "too-many-requests", $"That were too many requests: go on in {seconds} seconds.");
    }

    private static RateLimitPartition<string> PerMinute(HttpContext context, int most) => RateLimitPartition.GetFixedWindowLimiter(
        ClientAddress.Of(context),
        _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Minute, QueueLimit = 0 });

    // The ledger's own paths are for other nodes, which catch up as fast as they can.
    private RateLimitPartition<string> General(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return RateLimitPartition.GetNoLimiter("ledger");
        }

        if (context.User.FindFirstValue(Claims.Client) is { } client)
        {
            return Bucket($"client {client}", limits.ClientRequestsPerSecond, 2 * limits.ClientRequestsPerSecond);
        }

        string sender = Claims.SessionOf(context.User) is { } session ? $"session {session}" : $"address {ClientAddress.Of(context)}";
        return Bucket(sender, limits.RequestsPerSecond, limits.RequestsAtOnce);
    }

    private static RateLimitPartition<string> Bucket(string sender, int perSecond, int atOnce) => RateLimitPartition.GetTokenBucketLimiter(
        sender,
        _ => new TokenBucketRateLimiterOptions { TokenLimit = atOnce, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 });
}
