using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Registry;

/// <summary>A member of the community. The ledger knows him by his address and a number, never by his name.</summary>
/// <param name="Address">Who he is on the ledger.</param>
/// <param name="Connection">What his connection to the grid carries, in both directions.</param>
/// <param name="Generation">What his registered assets can deliver together.</param>
/// <param name="SharingWeight">His weight where a surplus is shared by a static key; zero or more.</param>
/// <param name="SharingTier">The tier he is served in where it is shared by tiers, from 1.</param>
/// <param name="IsSuspended">Whether he may place no orders for now. He is still settled.</param>
public sealed record Member(
    Address Address,
    Power Connection,
    Power Generation,
    long SharingWeight,
    uint SharingTier,
    bool IsSuspended) : ICanonical<Member>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Address.Write(ref writer);
        writer.Int64(Connection.Watts);
        writer.Int64(Generation.Watts);
        writer.Int64(SharingWeight);
        writer.UInt32(SharingTier);
        writer.Boolean(IsSuspended);
    }

    /// <inheritdoc/>
    public static Member Read(ref CanonicalReader reader) => new(
        Address.Read(ref reader),
        new Power(reader.Int64()),
        new Power(reader.Int64()),
        reader.Int64(),
        reader.UInt32(),
        reader.Boolean());
}
