using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Storage;

/// <summary>The state after a block in a file of its own, so that a start does not execute everything again.</summary>
/// <remarks>Written beside, synced, then renamed; a snapshot whose entries do not give its header's state root is not used.</remarks>
public static class Snapshot
{
    private const string Suffix = ".snapshot";
    private const string Unfinished = ".part";

    /// <summary>Writes the state after <paramref name="header"/>'s block, and removes older snapshots but one.</summary>
    public static void Save(IDisk disk, BlockHeader header, MerkleMapVersion state)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(state);
        string name = NameOf(header.Height);
        string beside = name + Unfinished;
        foreach (string unfinished in disk.List().Where(other => other.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            disk.Delete(unfinished);
        }

        using (RecordLog log = RecordLog.Open(disk, beside))
        {
            log.Append(CanonicalWriter.Encode(header));
            foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in state.Entries())
            {
                log.Append(Record(key.Span, value.Span));
            }

            log.Sync();
        }

        Adopt(disk, beside, header.Height);
    }

    /// <summary>Gives a whole, synced snapshot that was written beside its name, and removes older ones but one.</summary>
    internal static void Adopt(IDisk disk, string beside, ulong height)
    {
        disk.Rename(beside, NameOf(height));
        disk.SyncFolder();
        foreach (string old in Names(disk).Skip(2))
        {
            disk.Delete(old);
        }
    }

    /// <summary>The height of the newest snapshot by its name, or null. Whether it can be used is not known.</summary>
    internal static ulong? NewestHeight(IDisk disk) => Names(disk)
        .Select(name => ulong.TryParse(name.AsSpan(0, name.Length - Suffix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong height) ? height : default(ulong?))
        .FirstOrDefault(height => height is not null);

    /// <summary>The newest snapshot that <paramref name="isOurs"/> accepts and whose entries give its state root, or null.</summary>
    /// <param name="disk">Where the snapshots are.</param>
    /// <param name="isOurs">Whether a header is that of a block of this ledger, and the state can be gone on from.</param>
    public static (BlockHeader Header, LedgerState State)? LoadNewest(IDisk disk, Func<BlockHeader, LedgerState, bool> isOurs)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(isOurs);
        foreach (string name in Names(disk))
        {
            if (TryLoad(disk, name) is { } loaded && isOurs(loaded.Header, loaded.State))
            {
                return loaded;
            }
        }

        return null;
    }

    private static IEnumerable<string> Names(IDisk disk) =>
        disk.List().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal);

    private static string NameOf(ulong height) => $"{height:D20}{Suffix}";

    /// <summary>Reads a snapshot; null where its entries do not give the state root of its header.</summary>
    internal static (BlockHeader Header, LedgerState State)? TryLoad(IDisk disk, string name)
    {
        try
        {
            var records = new List<ReadOnlyMemory<byte>>();
            using IDiskFile file = disk.Open(name);
            RecordScan.Run(file, name, (_, record) => records.Add(record));
            BlockHeader header = CanonicalReader.Decode<BlockHeader>(records[0].Span);
            LedgerState state = LedgerState.Of(records.Skip(1).Select(Entry));
            return state.Freeze().RootHash() == header.StateRoot ? (header, state) : null;
        }
        catch (Exception exception) when (exception is DamagedFileException or MalformedBytesException or ArgumentException)
        {
            // A snapshot is a shortcut: the blocks are the record, and are executed again instead.
            return null;
        }
    }

    private static byte[] Record(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        writer.Bytes(key);
        writer.Fixed(value);
        return writer.ToArray();
    }

    private static KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Entry(ReadOnlyMemory<byte> record)
    {
        var reader = new CanonicalReader(record.Span);
        int keyLength = reader.Bytes().Length;
        return KeyValuePair.Create(record.Slice(4, keyLength), record[(4 + keyLength)..]);
    }
}
