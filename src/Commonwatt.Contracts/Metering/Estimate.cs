using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Metering;

/// <summary>A reading that was missing at the deadline: what stood in for it, and what came later.</summary>
/// <param name="StandIn">The net energy that the period was settled with.</param>
/// <param name="Reported">The net energy that the meter reported since, or null.</param>
public readonly record struct Estimate(Energy StandIn, Energy? Reported) : ICanonical<Estimate>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(StandIn.WattHours);
        writer.Boolean(Reported is not null);
        writer.Int64((Reported ?? Energy.Zero).WattHours);
    }

    /// <inheritdoc/>
    public static Estimate Read(ref CanonicalReader reader)
    {
        var standIn = new Energy(reader.Int64());
        bool isReported = reader.Boolean();
        var reported = new Energy(reader.Int64());
        return new Estimate(standIn, isReported ? reported : null);
    }
}

/// <summary>A member in a period.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Member">The member.</param>
public readonly record struct PeriodMember(Instant Delivery, MemberId Member) : ICanonical<PeriodMember>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.UInt32((uint)Member.Value);
    }

    /// <inheritdoc/>
    public static PeriodMember Read(ref CanonicalReader reader) => new(reader.Instant(), new MemberId(reader.UInt32()));
}
