namespace Commonwatt.Faults;

/// <summary>A change of a file: bytes at a place, or, without bytes, another length.</summary>
internal sealed record FileChange(long Place, byte[]? Bytes);

/// <summary>A file of a <see cref="SimulatedDisk"/>: what is durable, what changed since, and what a reader sees.</summary>
internal sealed class SimulatedFile
{
    private readonly List<FileChange> unsynced = [];
    private byte[] durable = [];
    private int durableLength;
    private byte[] seen = [];
    private int length;

    /// <summary>The bytes as a reader sees them.</summary>
    public ReadOnlySpan<byte> Seen => seen.AsSpan(0, length);

    /// <summary>The bytes that a loss of power leaves in any case.</summary>
    public ReadOnlySpan<byte> Durable => durable.AsSpan(0, durableLength);

    public static SimulatedFile Of(ReadOnlySpan<byte> bytes) =>
        new() { durable = bytes.ToArray(), durableLength = bytes.Length, seen = bytes.ToArray(), length = bytes.Length };

    public void Change(FileChange change)
    {
        unsynced.Add(change);
        Apply(change);
    }

    public void Sync()
    {
        foreach (FileChange change in unsynced)
        {
            Apply(change, ref durable, ref durableLength);
        }

        unsynced.Clear();
    }

    public SimulatedFile Copy()
    {
        SimulatedFile copy = Of(Durable);
        unsynced.ForEach(copy.Change);
        return copy;
    }

    public SimulatedFile AfterPowerCut(Random random)
    {
        SimulatedFile left = Of(Durable);
        foreach (FileChange change in unsynced)
        {
            int fate = random.Next(4);
            if (fate == 0 && change.Bytes is { } bytes)
            {
                left.Apply(change with { Bytes = bytes[..random.Next(bytes.Length + 1)] });
            }
            else if (fate > 1)
            {
                left.Apply(change);
            }
        }

        return Of(left.Seen);
    }

    private void Apply(FileChange change) => Apply(change, ref seen, ref length);

    private static void Apply(FileChange change, ref byte[] bytes, ref int length)
    {
        long end = change.Place + (change.Bytes?.Length ?? 0);
        if (change.Bytes is null || end > length)
        {
            SetLength((int)end, ref bytes, ref length);
        }

        change.Bytes?.CopyTo(bytes, (int)change.Place);
    }

    private static void SetLength(int newLength, ref byte[] bytes, ref int length)
    {
        if (newLength > bytes.Length)
        {
            Array.Resize(ref bytes, int.Max(newLength, bytes.Length * 2));
        }

        if (newLength < length)
        {
            bytes.AsSpan(newLength, length - newLength).Clear();
        }

        length = newLength;
    }
}
