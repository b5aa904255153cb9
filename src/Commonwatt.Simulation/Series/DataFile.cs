using System.Buffers.Binary;
using System.IO.Compression;

namespace Commonwatt.Simulation.Series;

/// <summary>Opens a data file, plain or gzip, and says in a sentence what is wrong with it.</summary>
internal static class DataFile
{
    /// <summary>Hands the lines of a file to <paramref name="read"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the lines; it may stop before the end.</param>
    /// <returns>Null, or a sentence: no such file, a folder, not gzip, cut off.</returns>
    public static string? Read(string path, Action<LineReader> read)
    {
        if (Directory.Exists(path))
        {
            return "is a folder; give the path of a CSV file.";
        }

        if (!File.Exists(path))
        {
            return $"there is no such file; it was looked for at {path}.";
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            bool gzip = IsGzip(file);
            if (!gzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                return file.Length == 0
                    ? "is empty; a header with the columns' names is expected."
                    : "is not gzip although its name ends in .gz; compress it or rename it.";
            }

            if (!gzip)
            {
                read(new LineReader(file));
                return null;
            }

            return ReadGzip(file, read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {fault.Message}";
        }
    }

    private static string? ReadGzip(FileStream file, Action<LineReader> read)
    {
        uint expected = LengthInTrailer(file);
        using var counted = new CountingStream(new GZipStream(file, CompressionMode.Decompress));
        try
        {
            read(new LineReader(counted));
            counted.CopyTo(Stream.Null);
            bool whole = (uint)counted.Count == expected;
            return whole ? null : CutOff;
        }
        catch (InvalidDataException fault) when (fault.Message.StartsWith("line ", StringComparison.Ordinal))
        {
            return fault.Message;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            return CutOff;
        }
    }

    private static string CutOff => "is damaged or cut off: its gzip data do not end as they should; fetch it again.";

    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
    }

    // The last four bytes are the length of the (last) compressed member's content, RFC 1952.
    private static uint LengthInTrailer(FileStream file)
    {
        Span<byte> trailer = stackalloc byte[4];
        file.Position = long.Max(0, file.Length - 4);
        int read = file.ReadAtLeast(trailer, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) : 0;
    }
}
