using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Founding;
using Commonwatt.Node.People;

namespace Commonwatt.Node.Tests.Community;

/// <summary>How the first manager's browser key gets its role on the ledger.</summary>
public sealed class FoundersWordTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_founding_key_makes_the_first_manager_one_on_the_ledger_and_nobody_after()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        using var first = SigningKey.Create();
        using var second = SigningKey.Create();
        await using FoundedCommunity community = await FoundedCommunity.StartAsync(folder);
        using var tables = new SqliteDatabase(Path.Combine(folder.Data, "community.db"));
        var people = new PeopleStore(tables, TimeProvider.System, new Freshness());
        people.EnsureDemoPerson("a member", "A member", ["member"], second.Address.ToString(), second.PublicKey.ToString());
        people.EnsureDemoPerson("a manager", "A manager", ["manager"], first.Address.ToString(), first.PublicKey.ToString());
        people.EnsureDemoPerson("a member", "A member", ["manager"], second.Address.ToString(), second.PublicKey.ToString());

        await UntilAsync(() => IsManager(community, first) || IsManager(community, second));

        Assert.NotEqual(IsManager(community, first), IsManager(community, second));
    }

    private static bool IsManager(FoundedCommunity community, SigningKey key) =>
        new CommunityRules().Governance.Holds(community.Server.Host.State!, key.Address, Role.Manager);

    private static async Task UntilAsync(Func<bool> isThere)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!isThere())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
