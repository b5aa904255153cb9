using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Readings;

/// <summary>Readings as a part of a node: meters send them, the gateway reports them, members see their own.</summary>
internal sealed class ReadingsPart : INodePart, IErasable
{
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(6);

    private readonly ReadingsSettings settings;
    private readonly ReadingStore store;
    private readonly ReadingIntake intake;
    private readonly ReadingSource source;
    private readonly Gateway gateway;
    private readonly SemaphoreSlim work = new(initialCount: 0, maxCount: 1);
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private long? prunedAt;

    /// <summary>Makes the part.</summary>
    public ReadingsPart(ReadingsSettings settings)
    {
        this.settings = settings;
        store = new ReadingStore(settings.Database);
        gateway = new Gateway(new GatewayStore(settings.Database), settings.Ledger, settings.GatewayKey, settings.Clock);
        intake = new ReadingIntake(store, settings.Ledger, gateway.Address, settings.Clock) { OnMeasured = Wake };
        source = new ReadingSource(store, intake.Latest, settings.Ledger, gateway.Address);
    }

    /// <summary>Takes readings in without a request, as a made-up neighbourhood sends them.</summary>
    public ReadingIntake Intake => intake;

    /// <summary>What the pages show of readings.</summary>
    public ReadingSource Source => source;

    /// <summary>Where readings are kept.</summary>
    public ReadingStore Store => store;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IReadingSource>(source);
        services.AddSingleton<IErasable>(this);
        services.AddSingleton(intake);
        services.AddSingleton(store);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => new ReadingEndpoints(intake, store, source, gateway.Address).Map(routes);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        store.Prepare();
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task EraseAsync(string personId, Address? address, int? memberNumber, CancellationToken cancel)
    {
        if (memberNumber is { } member)
        {
            intake.Erase(member);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        work.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                bool worked = await gateway.TurnAsync(stopping.Token);
                Prune();
                if (!worked)
                {
                    await work.WaitAsync(BetweenTurns, stopping.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault)
            {
                settings.Log($"The gateway could not report what was measured, and tries again: {fault.Message}");
                await Task.Delay(AfterFault, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Prune()
    {
        if (prunedAt is { } before && TimeProvider.System.GetElapsedTime(before) < BetweenPrunings)
        {
            return;
        }

        prunedAt = TimeProvider.System.GetTimestamp();
        Instant oldest = Instant.From(settings.Clock.GetUtcNow()) - settings.KeepRaw;
        foreach (ContactRow contact in intake.Latest.All())
        {
            store.ForgetBefore(new Address(contact.Meter), oldest);
        }
    }

    private void Wake()
    {
        try
        {
            work.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }
}

/// <summary>What the part of readings is made of.</summary>
internal sealed record ReadingsSettings
{
    /// <summary>The database <c>community</c>.</summary>
    public required Database Database { get; init; }

    /// <summary>The ledger.</summary>
    public required ICommunityLedger Ledger { get; init; }

    /// <summary>The gateway's key; meters are registered with its address.</summary>
    public required SigningKey GatewayKey { get; init; }

    /// <summary>The community's clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told what whoever runs the node should know.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>How long raw readings are kept; what was measured in periods stays until it is erased.</summary>
    public TimeSpan KeepRaw { get; init; } = TimeSpan.FromDays(90);
}
