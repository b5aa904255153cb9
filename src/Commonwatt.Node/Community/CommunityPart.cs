using System.Text.Json.Serialization;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Description;
using Commonwatt.Node.Community.Endpoints;
using Commonwatt.Node.Community.Idempotency;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Mandates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Commonwatt.Node.Community;

/// <summary>The community's public interface under <c>/api/v1</c>, over the tables made from the ledger, and its description at <c>/openapi/v1.json</c>.</summary>
/// <remarks>
/// What it needs of others it finds among the server's services: an <see cref="IReadingSource"/> and an <see cref="IPeopleDirectory"/>, where there are any. Sign-in and the policies
/// <c>Member</c> and the like are another part's; that part stands before this one.
/// </remarks>
/// <param name="facts">The community.</param>
/// <param name="projections">The database of the tables made from the ledger.</param>
/// <param name="community">The database of what is not on the ledger.</param>
/// <param name="wallClock">The clock on the wall.</param>
internal sealed class CommunityPart(CommunityFacts facts, Database projections, Database community, TimeProvider wallClock) : INodePart
{
    private readonly IdempotencyStore idempotency = new(community, wallClock);
    private readonly CancellationTokenSource stopping = new();
    private Task forgetting = Task.CompletedTask;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(facts);
        services.AddSingleton(new CommunityTables(projections));
        services.AddSingleton(idempotency);
        // Without people there are no secrets to show again after a restart.
        services.TryAddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddSingleton<IdempotencyFilter>();
        services.TryAddSingleton<IReadingSource, NoReadings>();
        services.TryAddSingleton<IPeopleDirectory, NobodyKnown>();
        services.AddSingleton<IMandateGrants, ProjectedMandateGrants>();
        services.AddSingleton<IPastOrders, ProjectedPastOrders>();
        services.AddSingleton<InvoiceArchive>();
        services.AddSingleton(provider => new AnswerCache(provider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions));
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.Converters.Add(new InstantJson());
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddInterfaceDescription();
    }

    /// <inheritdoc/>
    public void Use(WebApplication application) => application.Use(IdempotencyFilter.KeepBody);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        CommunityTables tables = services.GetRequiredService<CommunityTables>();
        AnswerCache cache = services.GetRequiredService<AnswerCache>();
        InvoiceArchive archive = services.GetRequiredService<InvoiceArchive>();
        IReadingSource readings = services.GetRequiredService<IReadingSource>();
        IPeopleDirectory people = services.GetRequiredService<IPeopleDirectory>();
        RouteGroupBuilder api = routes.Api();
        new CommunityEndpoints(facts, tables, cache).Map(api);
        new PriceEndpoints(facts, tables, cache).Map(api);
        new HomeEndpoints(facts, tables, archive, readings).Map(api);
        new EnergyEndpoints(facts, tables, cache, readings).Map(api);
        new TradingEndpoints(facts, tables).Map(api);
        new WalletEndpoints(tables).Map(api);
        new InvoiceEndpoints(facts, tables, cache, archive, people).Map(api);
        new MarketEndpoints(facts, tables, cache).Map(api);
        new OverviewEndpoints(facts, tables, readings).Map(api);
        new SettlementEndpoints(facts, tables).Map(api);
        new MemberEndpoints(tables, people).Map(api);
        new GridEndpoints(facts, tables, cache).Map(api);
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        idempotency.Prepare();
        forgetting = idempotency.ForgetEachHourAsync(stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await forgetting;
        stopping.Dispose();
    }
}
