using Commonwatt.Agents;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Readings;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Mandates;

/// <summary>The node's agent as a part of a node.</summary>
internal sealed class MandatesPart : INodePart
{
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    private readonly MandatesSettings settings;
    private readonly NodeAgent agent;
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <summary>Makes the part.</summary>
    public MandatesPart(MandatesSettings settings)
    {
        this.settings = settings;
        agent = new NodeAgent(settings.Ledger, settings.Readings, settings.AgentKey, settings.Clock, settings.Strategy);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        agent.Past = routes.ServiceProvider.GetService<IPastOrders>();
        new MandateEndpoints(settings.Ledger, agent.Address, settings.Clock).Map(routes);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        // The tables are there whichever part starts first.
        settings.Readings.Prepare();
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan rest = BetweenTurns;
            try
            {
                await agent.TurnAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault)
            {
                settings.Log($"The agent could not bid for the members who gave it a mandate, and tries again: {fault.Message}");
                rest = AfterFault;
            }

            await Task.Delay(rest, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>What the part of the agent is made of.</summary>
internal sealed record MandatesSettings
{
    /// <summary>The ledger.</summary>
    public required ICommunityLedger Ledger { get; init; }

    /// <summary>The readings, of which the agent sees those of the member it bids for.</summary>
    public required ReadingStore Readings { get; init; }

    /// <summary>The agent's key, which is nobody else's.</summary>
    public required SigningKey AgentKey { get; init; }

    /// <summary>The community's clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told what whoever runs the node should know.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>How the agent bids.</summary>
    public BiddingStrategyKind Strategy { get; init; } = BiddingStrategyKind.Linear;
}
