using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Mandates;

/// <summary>A member gave an agent a mandate; one that he gave before is replaced.</summary>
/// <param name="Member">Who gave it.</param>
/// <param name="Mandate">The mandate. It ends by itself, without another event.</param>
public sealed record MandateGranted(MemberId Member, Mandate Mandate) : IEvent<MandateGranted>
{
    /// <inheritdoc/>
    public static string Name => "mandate.granted";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Member.Value);
        Mandate.Write(ref writer);
    }

    /// <inheritdoc/>
    public static MandateGranted Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()), Mandate.Read(ref reader));
}

/// <summary>A member took his mandate back before its end.</summary>
/// <param name="Member">Whose it was.</param>
public readonly record struct MandateWithdrawn(MemberId Member) : IEvent<MandateWithdrawn>
{
    /// <inheritdoc/>
    public static string Name => "mandate.withdrawn";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.UInt32((uint)Member.Value);

    /// <inheritdoc/>
    public static MandateWithdrawn Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()));
}
