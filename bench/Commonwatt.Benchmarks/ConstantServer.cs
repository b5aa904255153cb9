using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Benchmarks;

/// <summary>The limit of any web server on this machine: Kestrel alone, which answers everything with the same bytes.</summary>
public sealed class ConstantServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private ConstantServer(WebApplication application) => this.application = application;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts one on a port of this machine that is free.</summary>
    /// <param name="length">How long the answer is.</param>
    public static async Task<ConstantServer> StartAsync(int length)
    {
        byte[] answer = new byte[length];
        Array.Fill(answer, (byte)' ');
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        application.Run(async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        });
        await application.StartAsync();
        return new ConstantServer(application);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
