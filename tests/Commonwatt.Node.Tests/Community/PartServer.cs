using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.Community;

/// <summary>Parts of a node behind a server on loopback, without the ledger. Who asks is what a request's header says: <c>role=manager;address=cw…</c>.</summary>
internal sealed class PartServer : IAsyncDisposable
{
    public const string Claims = "X-Test-Claims";

    private readonly INodePart[] parts;
    private readonly WebApplication application;

    private PartServer(INodePart[] parts)
    {
        this.parts = parts;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore().AddProblemDetails();
        foreach (INodePart part in parts)
        {
            part.AddServices(builder.Services);
        }

        application = builder.Build();
        application.UseExceptionHandler(handler => handler.Run(context =>
            context.Response.WriteAsync($"{context.Features.Get<IExceptionHandlerFeature>()?.Error}", context.RequestAborted)));
        application.Use((context, next) =>
        {
            if (context.Request.Headers[Claims].FirstOrDefault() is { } claims)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity(claims.Split(';').Select(claim => claim.Split('=')).Select(claim => new Claim(claim[0], claim[1])), "test"));
            }

            return next(context);
        });
        foreach (INodePart part in parts)
        {
            part.Use(application);
            part.Map(application);
        }
    }

    public HttpClient Client { get; private set; } = null!;

    public static async Task<PartServer> StartAsync(params INodePart[] parts)
    {
        var server = new PartServer(parts);
        foreach (INodePart part in parts)
        {
            await part.StartAsync(TestContext.Current.CancellationToken);
        }

        await server.application.StartAsync(TestContext.Current.CancellationToken);
        server.Client = new HttpClient { BaseAddress = new Uri(server.application.Urls.Single()) };
        return server;
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string? claims = null, string? ifNoneMatch = null, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (claims is not null)
        {
            request.Headers.Add(Claims, claims);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await Client.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, string? claims = null)
    {
        using HttpResponseMessage response = await SendAsync(path, claims);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{path}: {response.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    public async Task<byte[]> BytesAsync(string path, string? claims = null)
    {
        using HttpResponseMessage response = await SendAsync(path, claims);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        foreach (INodePart part in parts.Reverse())
        {
            await part.DisposeAsync();
        }
    }
}
