using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Commonwatt.Simulation.Results;

/// <summary>Writes rows of CSV as UTF-8 into one buffer, without allocating: a year of a hundred members is millions of rows.</summary>
internal sealed class CsvRows : IDisposable
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly byte[] time = new byte[40];
    private Instant timeWritten = new(long.MinValue);
    private int timeLength;
    private int used;
    private bool rowBegun;

    /// <summary>Begins a table with its header on a stream that it will close.</summary>
    public CsvRows(Stream stream, string header)
    {
        this.stream = stream;
        Append(Encoding.UTF8.GetBytes(header));
        EndRow();
    }

    /// <summary>A point in time as ISO 8601 in UTC; rows of one period share the text.</summary>
    public void Time(Instant instant)
    {
        if (instant != timeWritten)
        {
            timeLength = Encoding.UTF8.GetBytes(instant.ToString(), time);
            timeWritten = instant;
        }

        Separate();
        Append(time.AsSpan(0, timeLength));
    }

    /// <summary>Text, quoted where it must be.</summary>
    public void Text(string text)
    {
        Separate();
        if (text.AsSpan().ContainsAny(NeedQuotes))
        {
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        Require(Encoding.UTF8.GetMaxByteCount(text.Length));
        used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }

    /// <summary>An energy in kWh with three decimals.</summary>
    public void Number(Energy energy) => Decimal(energy.WattHours, 1_000, 3);

    /// <summary>A price in the currency per kWh with six decimals.</summary>
    public void Number(Price price) => Decimal(price.MicrosPerKilowattHour, 1_000_000, 6);

    /// <summary>An amount in the currency with six decimals.</summary>
    public void Number(Money money) => Decimal(money.Micros, 1_000_000, 6);

    /// <summary>A field with nothing in it.</summary>
    public void Nothing() => Separate();

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Require(1);
        buffer[used++] = (byte)'\n';
        rowBegun = false;
    }

    /// <summary>Writes what is left and closes the stream.</summary>
    public void Dispose()
    {
        stream.Write(buffer, 0, used);
        used = 0;
        stream.Dispose();
    }

    private void Decimal(long value, ulong unit, int decimals)
    {
        Separate();
        Require(32);
        if (value < 0)
        {
            buffer[used++] = (byte)'-';
        }

        ulong size = value < 0 ? unchecked(0 - (ulong)value) : (ulong)value;
        (ulong whole, ulong fraction) = Math.DivRem(size, unit);
        Utf8Formatter.TryFormat(whole, buffer.AsSpan(used), out int written);
        used += written;
        buffer[used] = (byte)'.';
        for (int place = decimals; place > 0; place--)
        {
            (fraction, ulong digit) = Math.DivRem(fraction, 10);
            buffer[used + place] = (byte)('0' + digit);
        }

        used += decimals + 1;
    }

    private void Separate()
    {
        if (rowBegun)
        {
            Require(1);
            buffer[used++] = (byte)',';
        }

        rowBegun = true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Require(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    private void Require(int bytes)
    {
        if (buffer.Length - used < bytes)
        {
            if (bytes > buffer.Length)
            {
                throw new InvalidOperationException($"A field of {bytes} bytes does not fit a table: {buffer.Length} is the limit.");
            }

            stream.Write(buffer, 0, used);
            used = 0;
        }
    }
}
