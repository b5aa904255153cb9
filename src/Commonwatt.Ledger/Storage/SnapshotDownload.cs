using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Storage;

/// <summary>A snapshot that comes from elsewhere: read record by record, no more of it than is allowed, and written beside until it is checked.</summary>
internal static class SnapshotDownload
{
    /// <summary>The name of the file while nobody has checked it.</summary>
    public const string Part = "download.snapshot.part";

    /// <summary>Reads the records of a snapshot: the encoded header, then entries.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no snapshot's, or too many.</exception>
    public static IEnumerable<byte[]> Read(Stream stream, long mostBytes)
    {
        byte[] signature = new byte[RecordLog.Signature.Length];
        if (!IsFilled(stream, signature) || !signature.AsSpan().SequenceEqual(RecordLog.Signature))
        {
            throw new MalformedBytesException("A snapshot starts as a log file does, and this does not.");
        }

        long left = mostBytes - signature.Length;
        for (long number = 0; ReadRecord(stream, number, left) is { } record; number++)
        {
            left -= RecordFrame.HeadSize + record.Length;
            yield return record;
        }
    }

    /// <summary>Writes records to the file beside.</summary>
    public static void Write(IDisk disk, IEnumerable<byte[]> records)
    {
        disk.Delete(Part);
        using RecordLog log = RecordLog.Open(disk, Part);
        foreach (byte[] record in records)
        {
            log.Append(record);
        }

        log.Sync();
    }

    private static byte[]? ReadRecord(Stream stream, long number, long left)
    {
        byte[] head = new byte[RecordFrame.HeadSize];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        (uint length, _, _, _) = RecordFrame.ReadHead(head);
        if (head.Length + (long)length > left)
        {
            throw new MalformedBytesException($"The snapshot is larger than is allowed: its record {number} would go beyond.");
        }

        if (length is 0 or > RecordFrame.MostBytes)
        {
            throw new MalformedBytesException($"Record {number} of the snapshot is none.");
        }

        byte[] bytes = new byte[head.Length + (int)length];
        head.CopyTo(bytes, 0);
        return IsFilled(stream, bytes.AsSpan(head.Length)) && RecordFrame.TryRead(bytes, number, out ReadOnlySpan<byte> record)
            ? record.ToArray()
            : throw new MalformedBytesException($"Record {number} of the snapshot is cut off or harmed.");
    }

    private static bool IsFilled(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
