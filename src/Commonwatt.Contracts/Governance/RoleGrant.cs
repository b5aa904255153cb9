using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Governance;

/// <summary>Somebody in a role.</summary>
/// <param name="Holder">Who.</param>
/// <param name="Role">The role.</param>
public readonly record struct RoleGrant(Address Holder, Role Role) : ICanonical<RoleGrant>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Holder.Write(ref writer);
        writer.Byte((byte)Role);
    }

    /// <inheritdoc/>
    public static RoleGrant Read(ref CanonicalReader reader) => new(Address.Read(ref reader), (Role)reader.Byte());
}
