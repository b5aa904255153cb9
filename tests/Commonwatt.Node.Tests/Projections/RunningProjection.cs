using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Tests.Projections;

/// <summary>A projector on a thread of its own, beside a community's ledger file.</summary>
internal sealed class RunningProjection
{
    private readonly Queue<string> said = new();

    public RunningProjection(TestCommunity community, Database database)
    {
        Community = community;
        Store = new ProjectionStore(database, community.Genesis.Id);
        Blocks = ProjectionRig.BlocksOf(community);
        Projector = new Projector(new Projection(Store, community.Genesis), said.Enqueue);
        Part = new ProjectionPart(Store, Projector, Blocks);
    }

    public TestCommunity Community { get; }

    public ProjectionStore Store { get; }

    public ILedgerBlocks Blocks { get; }

    public Projector Projector { get; }

    public ProjectionPart Part { get; }

    public IReadOnlyCollection<string> Said => said;

    /// <summary>Waits until the tables have the community's newest block.</summary>
    public Task ReachAsync() => Projector.ReachAsync(Community.Blocks[^1].Header.Height, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
}
