namespace Commonwatt.Ledger.Storage;

/// <summary>Reads a log file from the beginning and judges how it ends.</summary>
internal static class RecordScan
{
    private const int Window = 4 * 1024 * 1024;

    /// <summary>Whether a file holds nothing yet: it is empty, or its making was cut short by a crash.</summary>
    public static bool IsFresh(IDiskFile file)
    {
        if (file.Length > RecordLog.Signature.Length)
        {
            return false;
        }

        byte[] begun = new byte[file.Length];
        file.Read(0, begun);
        return !begun.AsSpan().SequenceEqual(RecordLog.Signature)
            && (RecordLog.Signature.AsSpan().StartsWith(begun) || !begun.AsSpan().ContainsAnyExcept((byte)0));
    }

    /// <summary>Reads whole records from the first on.</summary>
    /// <returns>Where the first byte stands that belongs to no whole record.</returns>
    /// <exception cref="DamagedFileException">The file does not start as a log does.</exception>
    public static long Run(IDiskFile file, string name, Action<long, ReadOnlyMemory<byte>> onRecord)
    {
        byte[] signature = new byte[RecordLog.Signature.Length];
        file.Read(0, signature);
        if (!signature.AsSpan().SequenceEqual(RecordLog.Signature))
        {
            throw new DamagedFileException($"{name} is not a Commonwatt log: it does not start with '{System.Text.Encoding.ASCII.GetString(RecordLog.Signature)}'.");
        }

        long offset = signature.Length;
        byte[] head = new byte[RecordFrame.HeadSize];
        for (long number = 0; ; number++)
        {
            if (file.Read(offset, head) < head.Length)
            {
                return offset;
            }

            (uint length, _, _) = RecordFrame.ReadHead(head);
            if (length is 0 or > RecordFrame.MostBytes)
            {
                return offset;
            }

            byte[] bytes = new byte[RecordFrame.HeadSize + (int)length];
            if (file.Read(offset, bytes) < bytes.Length || !RecordFrame.TryRead(bytes, number, out _))
            {
                return offset;
            }

            onRecord(offset, bytes.AsMemory(RecordFrame.HeadSize));
            offset += bytes.Length;
        }
    }

    /// <summary>How many bytes after the last whole record were written: zero for a clean end, some for a torn write.</summary>
    /// <exception cref="DamagedFileException">Whole records follow further on, so this is no torn end: a record before them is harmed.</exception>
    public static long WrittenBytesAfter(IDiskFile file, long end, string name, long nextNumber)
    {
        long last = -1;
        byte[] window = new byte[Window + RecordFrame.HeadSize];
        for (long start = end; start < file.Length; start += Window)
        {
            int read = file.Read(start, window);
            for (int index = 0; index < int.Min(read, Window); index++)
            {
                if (window[index] != 0)
                {
                    last = start + index;
                }

                if (start + index > end && IsRecordAt(file, window.AsSpan(index, read - index), start + index, nextNumber))
                {
                    throw new DamagedFileException($"{name} is damaged at byte {end}: record {nextNumber} is harmed, and whole records follow it. Restore the file from a copy, or from another validator.");
                }
            }
        }

        return last < end ? 0 : last + 1 - end;
    }

    private static bool IsRecordAt(IDiskFile file, ReadOnlySpan<byte> head, long offset, long nextNumber)
    {
        if (head.Length < RecordFrame.HeadSize)
        {
            return false;
        }

        (uint length, _, long number) = RecordFrame.ReadHead(head);
        if (length is 0 or > RecordFrame.MostBytes || number <= nextNumber || number > nextNumber + 1_000_000 || offset + length > file.Length)
        {
            return false;
        }

        byte[] bytes = new byte[RecordFrame.HeadSize + (int)length];
        return file.Read(offset, bytes) == bytes.Length && RecordFrame.TryRead(bytes, number, out _);
    }
}
