using Commonwatt.Node.Configuration;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Community;

/// <summary>The databases of a community's node, which all other parts use: it stands first, and is disposed of last.</summary>
internal sealed class CommunityTablesPart : INodePart
{
    private const string MadeAnew = "projections";

    private readonly ICommunityLedger ledger;

    /// <summary>Opens the databases.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="ledger">The ledger.</param>
    public CommunityTablesPart(DatabaseConfiguration place, ICommunityLedger ledger)
    {
        this.ledger = ledger;
        Community = Open(place, "community", canBeMadeAnew: false);
        Projections = Open(place, MadeAnew, canBeMadeAnew: true);
    }

    /// <summary>What cannot be made anew: people, readings.</summary>
    public Database Community { get; }

    /// <summary>What is made from the ledger, and can be made anew.</summary>
    public Database Projections { get; }

    /// <summary>Opens the database in a folder that is made from a ledger, before there is a node.</summary>
    public static Database ProjectionsIn(string folder) => Open(new DatabaseConfiguration.Sqlite(folder), MadeAnew, canBeMadeAnew: true);

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddSingleton<IMemberNumbers>(new LedgerMemberNumbers(ledger));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Community.Dispose();
        Projections.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Database Open(DatabaseConfiguration place, string name, bool canBeMadeAnew)
    {
        switch (place)
        {
            case DatabaseConfiguration.Postgres postgres:
                return new PostgresDatabase(postgres.Connection, name);
            case DatabaseConfiguration.Sqlite sqlite:
                Directory.CreateDirectory(sqlite.Folder);
                return new SqliteDatabase(Path.Combine(sqlite.Folder, $"{name}.db"), canBeMadeAnew);
            default:
                throw new ArgumentOutOfRangeException(nameof(place), place, "There is no such kind of database.");
        }
    }
}
