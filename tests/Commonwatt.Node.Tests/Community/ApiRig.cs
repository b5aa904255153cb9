using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.Projections;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Commonwatt.Node.Tests.Community;

/// <summary>The public interface on a port of this machine, for callers who say who they are: <c>member=3;role=member</c>.</summary>
internal sealed class ApiRig : IAsyncDisposable
{
    private const string Who = "X-Who";

    private readonly WebApplication application;
    private readonly IDisposable[] owned;

    private ApiRig(WebApplication application, CommunityPart part, IDisposable[] owned)
    {
        this.application = application;
        this.owned = owned;
        Part = part;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1 })
        {
            BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    public HttpClient Client { get; }

    public CommunityPart Part { get; }

    /// <summary>Serves the tables of a community as it is now, in its own time and Lisbon's calendar.</summary>
    public static Task<ApiRig> OfAsync(TestCommunity community, string kind = "sqlite", IReadingSource? readings = null, Action<IEndpointRouteBuilder>? more = null)
    {
        var database = new TestDatabase(kind);
        var peoples = new TestDatabase(kind);
        Database tables = database.Open();
        ProjectionRig made = ProjectionRig.Of(community, tables).Take(community.Blocks);
        return StartAsync(tables, peoples.Open(), new TestClock(() => community.Now), community.Genesis.Id.ToString(), readings, more, [made, database, peoples]);
    }

    public static async Task<ApiRig> StartAsync(
        Database tables, Database peoples, TimeProvider clock, string ledgerId, IReadingSource? readings, Action<IEndpointRouteBuilder>? more, IDisposable[] owned)
    {
        var facts = new CommunityFacts { Name = "Rua das Flores", LedgerId = ledgerId, TimeZone = DateTimeZoneProviders.Tzdb["Europe/Lisbon"], Currency = "EUR", Clock = clock };
        var part = new CommunityPart(facts, tables, peoples, clock);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, SaysWho>("test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("Member", policy => policy.RequireClaim("role", "member"));
        part.AddServices(builder.Services);
        if (readings is not null)
        {
            builder.Services.AddSingleton(readings);
        }

        WebApplication application = builder.Build();
        application.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception fault) when (!context.Response.HasStarted)
            {
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync(fault.ToString());
            }
        });
        application.UseAuthentication();
        application.UseAuthorization();
        part.Use(application);
        part.Map(application);
        more?.Invoke(application);
        await part.StartAsync(TestContext.Current.CancellationToken);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new ApiRig(application, part, owned);
    }

    public Task<HttpResponseMessage> SendAsync(string path, string? who = null, string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (who is not null)
        {
            request.Headers.Add(Who, who);
        }

        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetAsync(string path, string? who = null, int status = 200)
    {
        using HttpResponseMessage response = await SendAsync(path, who);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{path} for {who ?? "anybody"}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public async Task<string> TextAsync(string path, string? who = null)
    {
        using HttpResponseMessage response = await SendAsync(path, who);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    /// <summary>The paths of all endpoints of the public interface.</summary>
    public IReadOnlyList<string> Paths() =>
    [
        .. application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Where(path => path.StartsWith("/api/v1/", StringComparison.Ordinal)),
    ];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
        await Part.DisposeAsync();
        foreach (IDisposable one in owned)
        {
            one.Dispose();
        }
    }

    internal sealed class TestClock(Func<Instant> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now().ToDateTimeOffset();
    }

    private sealed class SaysWho(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!Request.Headers.TryGetValue(Who, out Microsoft.Extensions.Primitives.StringValues who))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            Claim[] claims = [.. who.ToString().Split(';').Select(claim => claim.Split('=')).Select(claim => new Claim(claim[0], claim[1]))];
            var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), "test");
            return Task.FromResult(AuthenticateResult.Success(ticket));
        }
    }
}
