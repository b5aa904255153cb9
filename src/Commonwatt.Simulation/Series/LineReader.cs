namespace Commonwatt.Simulation.Series;

/// <summary>Reads a stream of bytes line by line without keeping more than one buffer of it.</summary>
/// <param name="stream">What to read.</param>
internal sealed class LineReader(Stream stream)
{
    private const int LongestLine = 1 << 20;

    private byte[] buffer = new byte[1 << 17];
    private int start;
    private int end;
    private bool ended;

    /// <summary>The number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end.</summary>
    /// <param name="line">The line; good until the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">A line has more than a million bytes: the file is no text.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> there = buffer.AsSpan(start, end - start);
            int length = there[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = WithoutReturn(there[..(searched + length)]);
                start += searched + length + 1;
                Number++;
                return true;
            }

            if (ended)
            {
                line = WithoutReturn(there);
                start = end;
                Number += there.IsEmpty ? 0 : 1;
                return !there.IsEmpty;
            }

            searched = there.Length;
            Fill();
        }
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            if (buffer.Length > LongestLine)
            {
                throw new InvalidDataException($"line {Number + 1} has more than a million bytes; a CSV file in plain text or gzip is expected.");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int read = stream.Read(buffer, end, buffer.Length - end);
        ended = read == 0;
        end += read;
    }
}
