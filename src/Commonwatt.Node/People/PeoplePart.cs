using System.Net;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Commonwatt.Node.People;

/// <summary>People and machine clients: who they are, how they prove it, what they may do. It stands before all other parts, and guards their endpoints too.</summary>
/// <param name="database">The database that is not made anew; its owner disposes of it.</param>
/// <param name="settings">What the community decided.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="log">Told what whoever runs the node should know.</param>
internal sealed class PeoplePart(Database database, PeopleSettings settings, TimeProvider clock, Action<string> log) : INodePart
{
    private const int DeepestJson = 16;

    private readonly CancellationTokenSource stopping = new();
    private WebApplication? server;
    private Task upkeep = Task.CompletedTask;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        database.Migrate(PeopleTables.Scripts, PeopleTables.Versions);
        AddStores(services);
        AddIdentity(services);
        services.AddAuthentication(SessionAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, _ => { });
        services.AddAuthorization(options => options.FallbackPolicy = Policies.Otherwise);
        services.AddSingleton<IAuthorizationPolicyProvider, Policies>();
        services.AddSingleton<IAuthorizationHandler, OpenByName>();
        services.AddRateLimiter(new RequestRates(settings.Limits).AddTo);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.MaxDepth = DeepestJson;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
    }

    /// <inheritdoc/>
    public void Use(WebApplication application)
    {
        server = application;
        if (settings.TrustedProxies.Count > 0)
        {
            application.UseForwardedHeaders(ForwardedHeaders());
        }

        if (settings.Origins.Count > 0 && settings.Origins.All(origin => origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            application.Use(BehindTls);
        }

        var guard = new CrossSiteGuard(application.Services.GetRequiredService<SiteOrigins>());
        application.Use(SecurityHeaders.InvokeAsync);
        var known = new KnownMethods(application);
        application.Use(known.InvokeAsync);
        application.Use(guard.InvokeAsync);
        application.Use(known.InvokeOnBodyAsync);
        application.Use(BodyEncoding.InvokeAsync);
        application.UseAuthentication();
        application.UseRateLimiter();
        application.UseAuthorization();
        application.Lifetime.ApplicationStarted.Register(InviteFirstManager);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapPeople();
        IServiceProvider services = routes.ServiceProvider;
        ActivatorUtilities.CreateInstance<SessionEndpoints>(services).Map(api);
        ActivatorUtilities.CreateInstance<InvitationEndpoints>(services, clock).Map(api);
        ActivatorUtilities.CreateInstance<AcceptanceEndpoints>(services).Map(api);
        ActivatorUtilities.CreateInstance<AccountEndpoints>(services, clock).Map(api);
        ActivatorUtilities.CreateInstance<KeyEndpoints>(services, clock).Map(api);
        ActivatorUtilities.CreateInstance<PersonEndpoints>(services, clock).Map(api);
        ActivatorUtilities.CreateInstance<ClientEndpoints>(services, clock).Map(api);
        ActivatorUtilities.CreateInstance<TokenEndpoint>(services).Map(api);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancel)
    {
        await server!.Services.GetRequiredService<Erasure>().FinishAsync(cancel);
        upkeep = new PeopleUpkeep(database, clock).RunAsync(log, stopping.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await upkeep;
        stopping.Dispose();
    }

    // Whatever a proxy forwards, browsers reach the pages over TLS alone: cookies are for nothing else.
    private static Task BehindTls(HttpContext context, RequestDelegate next)
    {
        context.Request.Scheme = "https";
        return next(context);
    }

    private void AddStores(IServiceCollection services)
    {
        var freshness = new Freshness();
        var people = new PeopleStore(database, clock, freshness);
        services.AddSingleton(settings);
        services.AddSingleton(freshness);
        services.AddSingleton(people);
        services.AddSingleton(new PasskeyStore(database, people, clock));
        services.AddSingleton(new SessionStore(database, clock, freshness));
        services.AddSingleton(new ClientStore(database, clock, freshness));
        services.AddSingleton(new InvitationStore(database, clock, freshness));
        services.AddSingleton(new CeremonyStore(database, clock));
        services.AddSingleton(new AttemptThrottle(database, clock));
        services.AddSingleton(new SiteOrigins(settings));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SecurityLog>(provider, database, clock));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PasswordSignIn>(provider, clock));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PasswordEnrolment>(provider, clock));
        services.AddSingleton<IPeopleDirectory>(provider => ActivatorUtilities.CreateInstance<PeopleDirectory>(provider, clock));
        services.AddSingleton<Passwords>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<Erasure>();
        services.TryAddSingleton<IMemberNumbers, NobodyRegistered>();
    }

    private void AddIdentity(IServiceCollection services)
    {
        MakeKeyFolder();
        services.AddDataProtection().SetApplicationName("Commonwatt").PersistKeysToFileSystem(new DirectoryInfo(settings.KeyFolder));
        services.AddIdentityCore<Person>();
        services.AddSingleton<IUserStore<Person>>(provider => provider.GetRequiredService<PasskeyStore>());
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<SiteOrigins>((options, origins) =>
        {
            options.ServerDomain = settings.RelyingParty;
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.TopOrigin is null && origins.IsOwn(context.HttpContext.Request, context.Origin));
        });
    }

    private void MakeKeyFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(settings.KeyFolder);
            return;
        }

        Directory.CreateDirectory(settings.KeyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(settings.KeyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ForwardedHeadersOptions ForwardedHeaders()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor | Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (IPAddress proxy in settings.TrustedProxies)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }

    private void InviteFirstManager()
    {
        if (settings.IsDemo || server!.Services.GetRequiredService<InvitationStore>().MakeForFirstManager(server.Services.GetRequiredService<PeopleStore>()) is not { } token)
        {
            return;
        }

        string origin = settings.Origins is [var first, ..] ? first : server.Urls.First().Replace("127.0.0.1", settings.RelyingParty, StringComparison.Ordinal);
        log($"Nobody runs this community yet. Whoever opens this link first will, within seven days: {InvitationEndpoints.LinkOf(origin, token)}");
    }
}
