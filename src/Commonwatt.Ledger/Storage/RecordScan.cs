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
        int written = begun.AsSpan().CommonPrefixLength(RecordLog.Signature);
        return written < RecordLog.Signature.Length && !begun.AsSpan(written).ContainsAnyExcept((byte)0);
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

            (uint length, _, _, _) = RecordFrame.ReadHead(head);
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
    /// <exception cref="DamagedFileException">A whole record follows that was written when this place had been synced: this is no torn end, but harm.</exception>
    public static long WrittenBytesAfter(IDiskFile file, long end, string name, long nextNumber)
    {
        long last = -1;
        byte[] window = new byte[long.Clamp(file.Length - end, 0, Window) + RecordFrame.HeadSize];
        for (long start = end; start < file.Length; start += Window)
        {
            int read = file.Read(start, window);
            int size = int.Min(read, Window);
            int nonZero = window.AsSpan(0, size).LastIndexOfAnyExcept((byte)0);
            last = nonZero < 0 ? last : start + nonZero;
            for (int index = NextHead(window, 0, read); index < size; index = NextHead(window, index + 1, read))
            {
                if (start + index > end && ShowsHarm(file, window.AsSpan(index, read - index), start + index, nextNumber))
                {
                    throw new DamagedFileException($"{name} is damaged at byte {end}: record {nextNumber} is harmed, and whole records follow it. Restore the file from a copy, or from another validator.");
                }
            }
        }

        return last < end ? 0 : last + 1 - end;
    }

    // A head starts with a length that is not zero: where four zeros stand there is none, and reserved space is all zeros.
    private static int NextHead(byte[] window, int from, int end)
    {
        int nonZero = window.AsSpan(from, end - from).IndexOfAnyExcept((byte)0);
        return nonZero < 0 ? end : int.Max(from, from + nonZero - 3);
    }

    // Records that were written together are synced together: a crash can keep a later one and lose an earlier one.
    private static bool ShowsHarm(IDiskFile file, ReadOnlySpan<byte> head, long offset, long nextNumber)
    {
        if (head.Length < RecordFrame.HeadSize)
        {
            return false;
        }

        (uint length, _, uint number, uint unsynced) = RecordFrame.ReadHead(head);
        if (length is 0 or > RecordFrame.MostBytes || (long)number - unsynced <= nextNumber || number > nextNumber + 1_000_000 || offset + length > file.Length)
        {
            return false;
        }

        byte[] bytes = new byte[RecordFrame.HeadSize + (int)length];
        return file.Read(offset, bytes) == bytes.Length && RecordFrame.TryRead(bytes, number, out _);
    }
}
