using Commonwatt.Node.Hosting;
using Commonwatt.Node.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Projections;

/// <summary>The tables as a part of a node. Others find the <see cref="ProjectionStore"/> to read from, and the <see cref="Projector"/>, among the server's services.</summary>
/// <param name="store">The tables.</param>
/// <param name="projector">What keeps them; <see cref="Projector.Offer"/> is what the host tells of final blocks.</param>
/// <param name="blocks">The ledger's file.</param>
internal sealed class ProjectionPart(ProjectionStore store, Projector projector, ILedgerBlocks blocks) : INodePart, IReadiness
{
    private IDisposable? lag;

    /// <inheritdoc/>
    public string? Obstacle => projector.Status switch
    {
        { IsReady: true } => null,
        { Fault: { } fault } => $"The tables made from the ledger do not follow it: {fault}",
        var behind => $"The tables made from the ledger are {behind.Lag} blocks behind it.",
    };

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(store);
        services.AddSingleton(projector);
        services.AddSingleton(blocks);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        // Whoever reads finds tables from the first request on, though they may be empty yet.
        store.Prepare();
        projector.Start(blocks);
        lag = NodeMetrics.Observe("commonwatt.projection_lag", "{block}", "How many final blocks are not in the tables yet", () => (long?)projector.Status.Lag ?? 0);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lag?.Dispose();
        projector.Dispose();
        return ValueTask.CompletedTask;
    }
}
