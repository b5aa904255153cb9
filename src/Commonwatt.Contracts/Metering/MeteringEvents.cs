using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Metering;

/// <summary>A reading was taken in.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Import">What was taken from the grid.</param>
/// <param name="Export">What was given to the grid.</param>
/// <param name="IsLate">Whether the period had been settled with an estimate.</param>
public readonly record struct ReadingReported(MemberId Member, Instant Delivery, Energy Import, Energy Export, bool IsLate) : IEvent<ReadingReported>
{
    /// <inheritdoc/>
    public static string Name => "metering.reported";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Member.Value);
        writer.Instant(Delivery);
        writer.Int64(Import.WattHours);
        writer.Int64(Export.WattHours);
        writer.Boolean(IsLate);
    }

    /// <inheritdoc/>
    public static ReadingReported Read(ref CanonicalReader reader) =>
        new(new MemberId(reader.UInt32()), reader.Instant(), new Energy(reader.Int64()), new Energy(reader.Int64()), reader.Boolean());
}

/// <summary>A reading among several was refused; the others count.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Sentence">Why, in a sentence.</param>
public readonly record struct ReadingRefused(Address Meter, Instant Delivery, string Code, string Sentence) : IEvent<ReadingRefused>
{
    /// <inheritdoc/>
    public static string Name => "metering.refused";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Meter.Write(ref writer);
        writer.Instant(Delivery);
        writer.Text(Code);
        writer.Text(Sentence);
    }

    /// <inheritdoc/>
    public static ReadingRefused Read(ref CanonicalReader reader) =>
        new(Address.Read(ref reader), reader.Instant(), reader.Text(), reader.Text());
}
