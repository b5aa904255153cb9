using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Registry;

/// <summary>The meter at a member's connection to the grid.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Gateway">Who may report for it besides itself; nobody's address for nobody.</param>
public readonly record struct Meter(MemberId Member, Address Gateway) : ICanonical<Meter>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Member.Value);
        Gateway.Write(ref writer);
    }

    /// <inheritdoc/>
    public static Meter Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()), Address.Read(ref reader));
}
