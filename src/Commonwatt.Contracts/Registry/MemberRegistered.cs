using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Registry;

/// <summary>A member joined, or what is registered of him changed.</summary>
/// <param name="Id">His number.</param>
/// <param name="Member">What is registered.</param>
public sealed record MemberRegistered(MemberId Id, Member Member) : IEvent<MemberRegistered>
{
    /// <inheritdoc/>
    public static string Name => "registry.member-registered";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Id.Value);
        Member.Write(ref writer);
    }

    /// <inheritdoc/>
    public static MemberRegistered Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()), Member.Read(ref reader));
}
