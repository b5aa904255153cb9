using System.Text;

namespace Commonwatt.Simulation.Series;

/// <summary>Splits lines at commas; a field in double quotes may hold commas and doubled quotes (RFC 4180), but no end of line.</summary>
/// <param name="capacity">How many fields to have room for at first.</param>
internal sealed class CsvFields(int capacity)
{
    private Range[] ranges = new Range[capacity];

    /// <summary>How many fields the line has.</summary>
    public int Count { get; private set; }

    /// <summary>Splits a line.</summary>
    /// <returns>False where a quoted field does not end.</returns>
    public bool TrySplit(ReadOnlySpan<byte> line)
    {
        Count = 0;
        int start = 0;
        while (true)
        {
            int length;
            if (start < line.Length && line[start] == '"')
            {
                int close = ClosingQuote(line, start + 1);
                if (close < 0)
                {
                    return false;
                }

                length = close + 1 - start;
            }
            else
            {
                int comma = line[start..].IndexOf((byte)',');
                length = comma < 0 ? line.Length - start : comma;
            }

            Add(start..(start + length));
            start += length;
            if (start >= line.Length)
            {
                return true;
            }

            if (line[start] != ',')
            {
                return false;
            }

            start++;
        }
    }

    /// <summary>A field of the line split last, without quotes around it and blanks at its ends.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int index)
    {
        ReadOnlySpan<byte> field = line[ranges[index]].Trim((byte)' ');
        return field is [(byte)'"', .., (byte)'"'] ? Unquoted(field[1..^1]) : field;
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field) =>
        field.Contains((byte)'"') ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(field).Replace("\"\"", "\"", StringComparison.Ordinal)) : field;

    private static int ClosingQuote(ReadOnlySpan<byte> line, int from)
    {
        for (int at = from; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                continue;
            }

            if (at + 1 == line.Length || line[at + 1] != '"')
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    private void Add(Range range)
    {
        if (Count == ranges.Length)
        {
            Array.Resize(ref ranges, ranges.Length * 2);
        }

        ranges[Count++] = range;
    }
}
