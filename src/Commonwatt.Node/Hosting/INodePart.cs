using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Hosting;

/// <summary>Something that a node does beside keeping its ledger, such as serving the community's pages.</summary>
/// <remarks>Parts are taken in the order they are given: first the services of all, then what stands before the endpoints, then the endpoints.</remarks>
internal interface INodePart : IAsyncDisposable
{
    /// <summary>Adds what the part needs to the server's services.</summary>
    void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Adds what every request passes before it reaches an endpoint, such as sign-in.</summary>
    void Use(WebApplication application)
    {
    }

    /// <summary>Adds the part's endpoints.</summary>
    void Map(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>Starts to work: the ledger is open, and the server does not serve yet.</summary>
    Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
}
