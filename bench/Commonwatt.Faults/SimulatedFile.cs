namespace Commonwatt.Faults;

/// <summary>A change of a file: bytes at a place, or, without bytes, another length.</summary>
internal sealed record FileChange(long Place, byte[]? Bytes);

/// <summary>A file of a <see cref="SimulatedDisk"/>: what is durable, what changed since, and what a reader sees.</summary>
internal sealed class SimulatedFile
{
    private readonly List<FileChange> unsynced = [];
    private byte[] durable = [];
    private byte[] seen = [];
    private int length;

    /// <summary>The bytes as a reader sees them.</summary>
    public ReadOnlySpan<byte> Seen => seen.AsSpan(0, length);

    public static SimulatedFile Of(ReadOnlySpan<byte> bytes) => new() { durable = bytes.ToArray(), seen = bytes.ToArray(), length = bytes.Length };

    public void Change(FileChange change)
    {
        unsynced.Add(change);
        Apply(change);
    }

    public void Sync()
    {
        if (unsynced.Count > 0)
        {
            durable = Seen.ToArray();
            unsynced.Clear();
        }
    }

    public SimulatedFile Copy()
    {
        SimulatedFile copy = Of(durable);
        unsynced.ForEach(copy.Change);
        return copy;
    }

    public SimulatedFile AfterPowerCut(Random random)
    {
        SimulatedFile left = Of(durable);
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

    private void Apply(FileChange change)
    {
        long end = change.Place + (change.Bytes?.Length ?? 0);
        if (change.Bytes is null || end > length)
        {
            SetLength((int)end);
        }

        change.Bytes?.CopyTo(seen, (int)change.Place);
    }

    private void SetLength(int newLength)
    {
        if (newLength > seen.Length)
        {
            Array.Resize(ref seen, int.Max(newLength, seen.Length * 2));
        }

        if (newLength < length)
        {
            seen.AsSpan(newLength, length - newLength).Clear();
        }

        length = newLength;
    }
}
