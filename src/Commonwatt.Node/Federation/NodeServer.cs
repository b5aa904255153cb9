using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Commonwatt.Node.Federation;

/// <summary>A node with its HTTP endpoints: starts, serves, says how it stands, and stops in good order.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    // Each page that is open holds one for what happens, and browsers open some more.
    private const int MostConnections = 5_000;
    private const int MostRequestBytes = 1024 * 1024;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly WebApplication application;
    private readonly Action<string> log;
    private readonly IReadOnlyList<INodePart> parts;
    private readonly CancellationTokenSource stopping = new();
    private Task lines = Task.CompletedTask;

    /// <summary>Prepares a server; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="host">The node, opened; the server owns it from now on.</param>
    /// <param name="listen">Where to listen, such as <c>http://127.0.0.1:7101</c>; port 0 for any that is free.</param>
    /// <param name="log">Told what whoever runs the node should know.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="parts">What the node does beside; the server owns them from now on.</param>
    public NodeServer(LedgerHost host, string listen, Action<string> log, TimeProvider clock, params IReadOnlyList<INodePart> parts)
    {
        Host = host;
        this.log = log;
        this.parts = parts;
        // Nothing of the surroundings, such as a settings file or a variable, changes where it listens.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
        });
        builder.WebHost.UseUrls(listen);
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Farewell);
        foreach (INodePart part in parts)
        {
            part.AddServices(builder.Services);
        }

        application = builder.Build();
        application.UseExceptionHandler(handler => handler.Run(AnswerFaultAsync));
        application.UseStatusCodePages(context => Problems.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        foreach (INodePart part in parts)
        {
            part.Use(application);
        }

        new TransactionEndpoints(host).Map(application);
        new LedgerEndpoints(host, clock.GetUtcNow(), clock, [.. parts.OfType<IReadiness>()]).Map(application);
        foreach (INodePart part in parts)
        {
            part.Map(application);
        }
    }

    /// <summary>The node.</summary>
    public LedgerHost Host { get; }

    /// <summary>Where it listens, once it was started.</summary>
    public Uri Url => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts to take part and to serve.</summary>
    /// <exception cref="IOException">Something else listens there.</exception>
    public async Task StartAsync()
    {
        foreach (INodePart part in parts)
        {
            await part.StartAsync(stopping.Token);
        }

        await application.StartAsync();
        Host.Start();
        lines = TellStatusAsync(stopping.Token);
    }

    /// <summary>Stops to serve, then to take part. Requests that wait for a block are answered that it may still come.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await lines;
        await Task.Run(Host.Stop);
        await application.StopAsync();
        await application.DisposeAsync();
        foreach (INodePart part in parts.Reverse())
        {
            await part.DisposeAsync();
        }

        Host.Dispose();
        stopping.Dispose();
    }

    private async Task TellStatusAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BetweenLines);
        try
        {
            HostStatus? told = null;
            while (await timer.WaitForNextTickAsync(cancel))
            {
                HostStatus status = Host.Status;
                if (told is null || status.ExecutedHeight != told.ExecutedHeight || status.Final?.Height != told.Final?.Height || status.Trouble is not null || told.Trouble is not null)
                {
                    Tell(status);
                }

                told = status;
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void Tell(HostStatus status)
    {
        string height = status.Final is { } final ? $"Height {final.Height} is final, of {final.Time}" : "No block is final yet";
        log($"{height}; executed up to {status.ExecutedHeight}.{(status.Trouble is { } trouble ? $" It does not take part: {trouble}" : "")}");
    }

    private Task AnswerFaultAsync(HttpContext context)
    {
        Exception? fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (fault is BadHttpRequestException bad)
        {
            return UnreadRequest.Answer(bad).ExecuteAsync(context);
        }

        if (DatabaseException.IsOfUnwritableText(fault))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "The request holds characters that no text here can hold, such as NUL.").ExecuteAsync(context);
        }

        log($"A request for {ShownPath.Of(context.Request.Path.Value)} failed: {fault}");
        return Problems.Of(StatusCodes.Status500InternalServerError).ExecuteAsync(context);
    }

    // Several nodes may run in one process, and whoever started them listens for signals.
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
