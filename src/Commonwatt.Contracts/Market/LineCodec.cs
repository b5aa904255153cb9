using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <summary>The layout of settlement lines and metered energy in events and entries.</summary>
internal static class LineCodec
{
    public static void Write(ref CanonicalWriter writer, IReadOnlyList<SettlementLine> lines)
    {
        writer.UInt32((uint)lines.Count);
        for (int index = 0; index < lines.Count; index++)
        {
            SettlementLine line = lines[index];
            Write(ref writer, line.From);
            Write(ref writer, line.To);
            writer.Byte((byte)line.Kind);
            writer.Int64(line.Quantity.WattHours);
            writer.Int64(line.Price.MicrosPerKilowattHour);
            writer.Int64(line.Amount.Micros);
            writer.Boolean(line.Estimated);
            writer.Boolean(line.Correction);
        }
    }

    public static List<SettlementLine> ReadLines(ref CanonicalReader reader)
    {
        var lines = new List<SettlementLine>();
        for (uint left = reader.UInt32(); left > 0; left--)
        {
            lines.Add(new SettlementLine(
                ReadParty(ref reader),
                ReadParty(ref reader),
                (SettlementLineKind)reader.Byte(),
                new Energy(reader.Int64()),
                new Price(reader.Int64()),
                new Money(reader.Int64()),
                reader.Boolean(),
                reader.Boolean()));
        }

        return lines;
    }

    public static void Write(ref CanonicalWriter writer, ReadOnlySpan<MeteredEnergy> metered)
    {
        writer.UInt32((uint)metered.Length);
        foreach (MeteredEnergy one in metered)
        {
            writer.UInt32((uint)one.Member.Value);
            writer.Int64(one.Net.WattHours);
            writer.Boolean(one.Estimated);
        }
    }

    public static MeteredEnergy[] ReadMetered(ref CanonicalReader reader)
    {
        var metered = new List<MeteredEnergy>();
        for (uint left = reader.UInt32(); left > 0; left--)
        {
            metered.Add(new MeteredEnergy(new MemberId(reader.UInt32()), new Energy(reader.Int64()), reader.Boolean()));
        }

        return [.. metered];
    }

    private static void Write(ref CanonicalWriter writer, Party party)
    {
        writer.Byte((byte)party.Kind);
        writer.UInt32((uint)party.MemberId.Value);
    }

    private static Party ReadParty(ref CanonicalReader reader)
    {
        byte kind = reader.Byte();
        var member = new MemberId(reader.UInt32());
        return (PartyKind)kind switch
        {
            PartyKind.Member => Party.Member(member),
            PartyKind.Utility => Party.Utility,
            PartyKind.Dso => Party.Dso,
            PartyKind.CommunityFund => Party.CommunityFund,
            _ => throw new MalformedBytesException($"{kind} is no kind of party."),
        };
    }
}
