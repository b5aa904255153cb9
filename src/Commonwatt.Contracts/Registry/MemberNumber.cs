using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Registry;

/// <summary>A member's number, in order of joining, from 1: short in keys, and what markets know him by.</summary>
/// <param name="Id">The number.</param>
public readonly record struct MemberNumber(MemberId Id) : ICanonical<MemberNumber>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.UInt32((uint)Id.Value);

    /// <inheritdoc/>
    public static MemberNumber Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()));
}
