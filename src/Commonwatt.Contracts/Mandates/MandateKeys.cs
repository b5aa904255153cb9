using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Mandates;

/// <summary>A mandate by when it ends, so that those of one hour end together.</summary>
/// <param name="Until">When it ends.</param>
/// <param name="Member">Whose it is.</param>
public readonly record struct MandateEnd(Instant Until, MemberNumber Member) : ICanonical<MandateEnd>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Until);
        Member.Write(ref writer);
    }

    /// <inheritdoc/>
    public static MandateEnd Read(ref CanonicalReader reader) => new(reader.Instant(), MemberNumber.Read(ref reader));
}

/// <summary>An hour of the clock that an agent trades in for a member.</summary>
/// <param name="Member">The member.</param>
/// <param name="Hour">When the hour starts.</param>
public readonly record struct MemberHour(MemberNumber Member, Instant Hour) : ICanonical<MemberHour>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        writer.Instant(Hour);
    }

    /// <inheritdoc/>
    public static MemberHour Read(ref CanonicalReader reader) => new(MemberNumber.Read(ref reader), reader.Instant());
}
