using System.Data.Common;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Endpoints;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Home;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Commonwatt.Node.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Commonwatt.Node.Community.Live;

/// <summary>What happens, as it happens, as server-sent events: to everybody what is public, to each member what is his.</summary>
/// <param name="facts">The community and its time.</param>
/// <param name="projector">Tells what changed.</param>
/// <param name="wall">The clock on the wall: pages hear the community's time once a second of theirs.</param>
internal sealed class LivePart(CommunityFacts facts, Projector projector, TimeProvider wall) : INodePart
{
    private const int MostBlocksTold = 20;

    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(1);

    // Who listens is looked at anew that often; the page connects again by itself.
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(15);
    private static readonly byte[] Beginning = "retry: 2000\n\n"u8.ToArray();

    private readonly LiveBroadcast broadcast = new();
    private readonly PeriodClock periods = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<long, Instant> toldPower = [];
    private IReadingSource? readings;
    private Task ticks = Task.CompletedTask;

    /// <summary>Those who listen, for parts that have something to tell.</summary>
    public ILiveAudience Audience => broadcast;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ILiveAudience>(broadcast);
        projector.Tell(Take);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        readings = routes.ServiceProvider.GetService<IReadingSource>();
        routes.Api().MapGet("/live", ListenAsync).ForAnybody<string>("Live", "What happens, as server-sent events: now, block, period, order; to a member also power, account, home");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        ticks = TickAsync(stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await ticks;
        stopping.Dispose();
    }

    private async Task TickAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BetweenTicks, wall);
        try
        {
            do
            {
                broadcast.Tell("now", Now());
                TellPeriods();
                TryTellPowers();
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void Take(ProjectionChanges changes)
    {
        // After a time away, how it is now matters, and not each step on the way.
        foreach (ProjectedBlock block in changes.Blocks.TakeLast(MostBlocksTold))
        {
            broadcast.Tell("block", new { height = block.Height, time = block.Time, transactions = block.Transactions, events = block.Events }, block.Height);
        }

        foreach (PeriodChange period in changes.Periods.Values)
        {
            periods.Take(period);
        }

        TellPeriods();
        foreach (long delivery in changes.OrderedDeliveries)
        {
            broadcast.Tell("order", new { delivery = new Instant(delivery) });
        }

        foreach (AccountChange account in changes.Accounts.Values)
        {
            broadcast.TellMember(account.Member, "account", () => new
            {
                balance = account.Balance.Micros,
                locked = account.Locked.Micros,
                available = (account.Balance + account.CreditLine - account.Locked).Micros,
            });
            broadcast.TellMember(account.Member, "home", () => new { });
        }
    }

    private void TellPeriods()
    {
        foreach ((PeriodChange period, string phase) in periods.Changed(facts.Now))
        {
            broadcast.Tell("period", new { start = period.Delivery, phase, price = period.Price?.MicrosPerKilowattHour, tradedWh = period.Traded.WattHours });
        }
    }

    private void TryTellPowers()
    {
        try
        {
            TellPowers();
        }
        catch (Exception away) when (away is DbException or DatabaseException)
        {
            // The database of readings is away, which others notice and tell of: time goes on for the pages, and power is told when it is back.
        }
    }

    // Meters may report more often than anybody can look: each page hears the newest power once a second at most.
    private void TellPowers()
    {
        foreach (long member in broadcast.Members)
        {
            if (readings?.LatestOf(member) is { } power && toldPower.GetValueOrDefault(member) != power.At)
            {
                toldPower[member] = power.At;
                broadcast.TellMember(member, "power", () => PowerJson.Of(power, facts.Now));
            }
        }
    }

    private object Now() => new { now = facts.Now, speed = facts.Speed() };

    private async Task<IResult> ListenAsync(HttpContext context, IHostApplicationLifetime lifetime)
    {
        var caller = new Caller(context.User);
        string origin = caller.Name ?? $"address/{ClientAddress.Of(context)}";
        var listener = new LiveListener(origin, context.User.FindFirst("sub")?.Value, caller.Member);
        if (!broadcast.TryJoin(listener))
        {
            context.Response.Headers.RetryAfter = "10";
            return ApiProblem.Of(StatusCodes.Status429TooManyRequests, "too-many-listeners", "So many pages listen already that one more is turned away: close some, and try again in a few seconds.");
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted, lifetime.ApplicationStopping, stopping.Token);
            ending.CancelAfter(LongestStream);
            await SendAsync(context, listener, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, the node stops, or it is time to connect anew.
        }
        finally
        {
            broadcast.Leave(listener);
        }

        return Results.Empty;
    }

    private async Task SendAsync(HttpContext context, LiveListener listener, CancellationToken cancel)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        // Proxies in between must pass events on at once.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        Stream body = context.Response.Body;
        await body.WriteAsync(Beginning, cancel);
        await body.WriteAsync(broadcast.Encode("now", Now(), projector.Status.Height), cancel);
        await body.FlushAsync(cancel);
        while (await listener.Frames.WaitToReadAsync(cancel))
        {
            while (listener.Frames.TryRead(out byte[]? frame))
            {
                await body.WriteAsync(frame, cancel);
            }

            await body.FlushAsync(cancel);
        }
    }
}
