namespace Commonwatt.Faults;

/// <summary>A disk that loses its power at a chosen operation, and afterwards holds what a real one might.</summary>
/// <remarks>
/// What was synced is there. Of what was not, any part may be: each write whole, not at all, or torn at any byte, whatever
/// became of those before it; each change of names likewise. A process that is killed loses nothing, yet nothing more is
/// durable by that: the power may still go later.
/// </remarks>
internal sealed class SimulatedDisk : IDisk
{
    private readonly SortedDictionary<string, SimulatedFile> names;
    private readonly SortedDictionary<string, SimulatedFile> durableNames;
    private readonly List<Action<SortedDictionary<string, SimulatedFile>>> unsyncedNames = [];
    private int failAt = int.MaxValue;
    private bool failsOnce;
    private Func<Exception> failure = () => new PowerCutException();

    public SimulatedDisk()
        : this(new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private SimulatedDisk(SortedDictionary<string, SimulatedFile> names, SortedDictionary<string, SimulatedFile> durableNames)
    {
        this.names = names;
        this.durableNames = durableNames;
    }

    /// <summary>How many times something was changed or synced.</summary>
    public int Operations { get; private set; }

    /// <summary>Cuts the power in the middle of the operation that comes after this many more.</summary>
    public void CutPowerAfter(int operations) => FailAfter(operations, () => new PowerCutException());

    /// <summary>Has every operation fail that comes after this many more, or only the next one: a full disk, a failing one.</summary>
    public void BreakAfter(int operations, bool onlyOnce)
    {
        FailAfter(operations, () => new DiskBrokenException());
        failsOnce = onlyOnce;
    }

    /// <summary>Has every operation fail that comes after this many more.</summary>
    public void FailAfter(int operations, Func<Exception> reason)
    {
        failAt = operations == int.MaxValue ? int.MaxValue : Operations + operations;
        failure = reason;
        failsOnce = false;
    }

    /// <summary>From now on nothing fails.</summary>
    public void Mend() => failAt = int.MaxValue;

    /// <summary>The disk as it is found when the machine starts again.</summary>
    public SimulatedDisk AfterPowerCut(Random random)
    {
        var left = new SortedDictionary<string, SimulatedFile>(durableNames, StringComparer.Ordinal);
        foreach (Action<SortedDictionary<string, SimulatedFile>> change in unsyncedNames.Where(_ => random.Next(2) == 0))
        {
            change(left);
        }

        return OfFiles(left, file => file.AfterPowerCut(random));
    }

    /// <summary>The disk as another process finds it when this one was killed.</summary>
    public SimulatedDisk AfterKill()
    {
        var copies = new Dictionary<SimulatedFile, SimulatedFile>();
        var disk = new SimulatedDisk(Copied(names), Copied(durableNames));
        KeyValuePair<string, SimulatedFile>[] now = [.. disk.names];
        disk.unsyncedNames.Add(left =>
        {
            left.Clear();
            foreach ((string name, SimulatedFile file) in now)
            {
                left[name] = file;
            }
        });
        return disk;

        SortedDictionary<string, SimulatedFile> Copied(SortedDictionary<string, SimulatedFile> originals)
        {
            var made = new SortedDictionary<string, SimulatedFile>(StringComparer.Ordinal);
            foreach ((string name, SimulatedFile file) in originals)
            {
                if (!copies.TryGetValue(file, out SimulatedFile? copy))
                {
                    copies.Add(file, copy = file.Copy());
                }

                made.Add(name, copy);
            }

            return made;
        }
    }

    public IDiskFile Open(string name)
    {
        if (!names.TryGetValue(name, out SimulatedFile? file))
        {
            file = new SimulatedFile();
            ChangeNames(left => left[name] = file);
        }

        return new OpenFile(this, file);
    }

    public IReadOnlyList<string> List() => [.. names.Keys];

    public void Rename(string from, string to)
    {
        SimulatedFile file = names[from];
        ChangeNames(left =>
        {
            left.Remove(from);
            left[to] = file;
        });
    }

    public void Delete(string name)
    {
        if (names.ContainsKey(name))
        {
            ChangeNames(left => left.Remove(name));
        }
    }

    public void SyncFolder()
    {
        Operate();
        durableNames.Clear();
        foreach ((string name, SimulatedFile file) in names)
        {
            durableNames.Add(name, file);
        }

        unsyncedNames.Clear();
    }

    /// <summary>All bytes of a file, as they are seen now.</summary>
    public byte[] Contents(string name) => names[name].Seen.ToArray();

    /// <summary>Whether a file of this name would be there after a loss of power, with these bytes in it.</summary>
    public bool HasDurably(string name, ReadOnlySpan<byte> bytes) =>
        durableNames.TryGetValue(name, out SimulatedFile? file) && file.Durable.IndexOf(bytes) >= 0;

    /// <summary>Puts other bytes in the place of a file's, durably: a harm that no crash does.</summary>
    public void Replace(string name, ReadOnlySpan<byte> bytes) => durableNames[name] = names[name] = SimulatedFile.Of(bytes);

    private static SimulatedDisk OfFiles(SortedDictionary<string, SimulatedFile> files, Func<SimulatedFile, SimulatedFile> left)
    {
        var found = new SortedDictionary<string, SimulatedFile>(StringComparer.Ordinal);
        foreach ((string name, SimulatedFile file) in files)
        {
            found.Add(name, left(file));
        }

        return new SimulatedDisk(found, new SortedDictionary<string, SimulatedFile>(found, StringComparer.Ordinal));
    }

    private void ChangeNames(Action<SortedDictionary<string, SimulatedFile>> change)
    {
        // Cut in its middle, a change of names has happened or not.
        unsyncedNames.Add(change);
        Operate();
        change(names);
    }

    private void Operate()
    {
        Operations++;
        if (Operations > failAt)
        {
            failAt = failsOnce ? int.MaxValue : failAt;
            throw failure();
        }
    }

    private sealed class OpenFile(SimulatedDisk disk, SimulatedFile file) : IDiskFile
    {
        public long Length => file.Seen.Length;

        public int Read(long offset, Span<byte> destination)
        {
            ReadOnlySpan<byte> rest = file.Seen[(int)long.Min(offset, file.Seen.Length)..];
            int count = int.Min(rest.Length, destination.Length);
            rest[..count].CopyTo(destination);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            file.Change(new FileChange(offset, bytes.ToArray()));
            disk.Operate();
        }

        public void SetLength(long length)
        {
            file.Change(new FileChange(length, Bytes: null));
            disk.Operate();
        }

        public void Sync()
        {
            disk.Operate();
            file.Sync();
        }

        public void Dispose()
        {
            // Closing makes nothing durable.
        }
    }
}

/// <summary>The disk is full or does not answer: what it holds of what was not synced, nobody knows.</summary>
internal sealed class DiskBrokenException() : IOException("There is no space left on the disk.");

/// <summary>The power went: whatever was running is gone.</summary>
internal sealed class PowerCutException() : IOException("The power was cut.");
