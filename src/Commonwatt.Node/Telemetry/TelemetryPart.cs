using System.Net;
using System.Reflection;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Commonwatt.Node.Telemetry;

/// <summary>Sends what the node counts, and the way of requests and transactions, to an OpenTelemetry collector; and shows the counts as a page where that is asked for.</summary>
internal sealed class TelemetryPart : INodePart
{
    private const int PortOfHttp = 4318;

    // What the web server counts and traces by itself.
    private static readonly string[] WebMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    // Who may read the counts from elsewhere.
    private const string Readers = "Manager|Auditor|Scope:metrics:read";

    private readonly MeterProvider? meters;
    private readonly TracerProvider? tracers;
    private readonly MetricsPage? page;

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Where the collector listens (gRPC; HTTP at port 4318, or where it has a path), or null.</param>
    /// <param name="node">What this node is called among others.</param>
    /// <param name="hasPage">Whether the counts can be read at <c>/metrics</c>.</param>
    public TelemetryPart(Uri? endpoint, string node, bool hasPage)
    {
        page = hasPage ? new MetricsPage([NodeMetrics.Name, .. WebMeters]) : null;
        if (endpoint is null)
        {
            return;
        }

        string version = typeof(TelemetryPart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        ResourceBuilder resource = ResourceBuilder.CreateEmpty().AddService("commonwatt", serviceVersion: version, serviceInstanceId: node);
        meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([NodeMetrics.Name, .. WebMeters])
            .AddOtlpExporter(options => Aim(options, endpoint, "v1/metrics"))
            .Build();
        tracers = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(NodeMetrics.Name, "Microsoft.AspNetCore")
            .AddProcessor(new SecretsOutOfTraces())
            .AddOtlpExporter(options => Aim(options, endpoint, "v1/traces"))
            .Build();
    }

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddMetrics();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (page is not null)
        {
            routes.MapGet("/metrics", (Delegate)AnswerAsync);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        page?.Dispose();
        meters?.Dispose();
        tracers?.Dispose();
        return ValueTask.CompletedTask;
    }

    // How busy a community is, and how often signing in fails, is for whoever runs it.
    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (!IsOfThisMachine(context) && !(await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, Readers)).Succeeded)
        {
            return context.User.Identity?.IsAuthenticated == true ? Refusals.WrongRole() : Refusals.NotSignedIn();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(page!.ToText(), MetricsPage.MediaType);
    }

    // A proxy on this machine passes on what comes from others, and a foreign name may lead a browser here.
    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey)
        && (string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(context.Request.Host.Host, out IPAddress? host) && IPAddress.IsLoopback(host)));

    private static void Aim(OtlpExporterOptions options, Uri endpoint, string path)
    {
        bool isHttp = endpoint.Port == PortOfHttp || endpoint.AbsolutePath != "/";
        options.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = isHttp ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
    }
}
