using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Mandates;

namespace Commonwatt.Node.Community;

/// <summary>Where mandates were granted, from the tables made from the ledger.</summary>
/// <param name="tables">The tables.</param>
internal sealed class ProjectedMandateGrants(CommunityTables tables) : IMandateGrants
{
    /// <inheritdoc/>
    public MandateGrantJson? GrantOf(long member) => tables.Read(now => now
        .Query<(long Height, byte[]? Id)>(
            "SELECT g.height, t.id FROM mandate_grants g LEFT JOIN transactions t ON t.height = g.height AND t.place = g.receipt WHERE g.member = @member",
            new { member })
        .Select(row => new MandateGrantJson((ulong)row.Height, row.Id is { } id ? new Hash(id).ToString() : null))
        .FirstOrDefault());
}
