using System.Buffers.Binary;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Finality;

/// <summary>What this validator signed, on its disk before it is sent: so it signs one header a height, whatever happens to it.</summary>
/// <remarks>
/// The first record is the lowest height that may be signed at all; every further one is a vote with the block it is for.
/// Unlike a ledger's, the end of this file may not be missing: space is reserved before a vote is written, so a file that
/// ends with a vote was cut.
/// </remarks>
internal sealed class VoteFile : IDisposable
{
    public const string Name = "votes.log";

    private const string Part = Name + ".part";
    private const int RewriteAboveReserves = 4;

    private readonly IDisk disk;
    private readonly int reserve;
    private readonly SortedDictionary<ulong, VotedBlock> votes = [];
    private RecordLog log;
    private ulong lowest;

    private VoteFile(IDisk disk, int reserve, ulong lowest, IEnumerable<VotedBlock> votes)
    {
        this.disk = disk;
        this.reserve = int.Max(RecordFrame.HeadSize, reserve);
        this.lowest = lowest;
        foreach (VotedBlock voted in votes)
        {
            this.votes[voted.Header.Height] = voted;
        }

        log = Rewrite();
    }

    /// <summary>Whether votes were written that are not durable yet.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Whether a disk has a file of votes.</summary>
    public static bool Exists(IDisk disk) => disk.List().Contains(Name, StringComparer.Ordinal);

    /// <summary>Begins a file of votes: nothing below <paramref name="lowest"/> will be signed.</summary>
    public static VoteFile Begin(IDisk disk, int reserve, ulong lowest) => new(disk, reserve, lowest, []);

    /// <summary>Opens the file of votes.</summary>
    /// <exception cref="DamagedFileException">It is harmed or cut off: then nobody knows what was signed.</exception>
    public static VoteFile Open(IDisk disk, int reserve)
    {
        (ulong lowest, VotedBlock[] votes) = Read(disk);
        return new VoteFile(disk, reserve, lowest, votes);
    }

    /// <summary>Reads what was signed, and changes nothing.</summary>
    /// <exception cref="DamagedFileException">The file is harmed or cut off.</exception>
    public static IReadOnlyList<VotedBlock> ReadAll(IDisk disk) => Read(disk).Votes;

    /// <summary>The vote for a header: a new one, the same as before, or none where another header of that height was signed, or the height is closed.</summary>
    public Vote? Cast(BlockHeader header, ReadOnlyMemory<byte> content, SigningKey key)
    {
        if (votes.TryGetValue(header.Height, out VotedBlock? before))
        {
            return before.Header == header ? before.Vote : null;
        }

        return header.Height < lowest ? null : Record(new VotedBlock(Vote.Sign(header, key), content)).Vote;
    }

    /// <summary>The vote at a height, or null.</summary>
    public Vote? At(ulong height) => votes.GetValueOrDefault(height)?.Vote;

    /// <summary>What was signed at a height, where the block is known, or null.</summary>
    public VotedBlock? BlockAt(ulong height) => votes.GetValueOrDefault(height) is { Content.Length: > 0 } voted ? voted : null;

    /// <summary>Takes in a vote of this validator that was heard and does not stand in the file: it must not be contradicted.</summary>
    /// <returns>Whether the file did not know it.</returns>
    public bool Adopt(Vote heard)
    {
        if (heard.Header.Height < lowest || votes.ContainsKey(heard.Header.Height))
        {
            return false;
        }

        Record(new VotedBlock(heard, default));
        return true;
    }

    /// <summary>Makes all votes durable.</summary>
    public void Sync()
    {
        log.Sync();
        IsDirty = false;
    }

    /// <summary>Says that blocks up to a height are final and durable: once the file is large, it is written anew without their votes.</summary>
    public void Settle(ulong height)
    {
        if (log.Bytes < (long)reserve * RewriteAboveReserves)
        {
            return;
        }

        // Writing the same open votes again and again would help nobody.
        ulong[] settled = [.. votes.Keys.TakeWhile(voted => voted <= height)];
        if (settled.Length * 2 < votes.Count)
        {
            return;
        }

        lowest = ulong.Max(lowest, height + 1);
        Array.ForEach(settled, voted => votes.Remove(voted));

        log.Dispose();
        log = Rewrite();
    }

    /// <inheritdoc/>
    public void Dispose() => log.Dispose();

    private static (ulong Lowest, VotedBlock[] Votes) Read(IDisk disk)
    {
        using IDiskFile file = disk.Open(Name);
        var records = new List<byte[]>();
        long end = RecordScan.Run(file, Name, (_, record) => records.Add(record.ToArray()));
        _ = RecordScan.WrittenBytesAfter(file, end, Name, records.Count);
        if (records.Count == 0 || records[0].Length != sizeof(ulong) || IsCut(file, end))
        {
            throw new DamagedFileException($"{Name} is cut off: what this validator signed last is not known, so it must not sign again under this key. Bring the whole file back, or have the community give the validator a new key.");
        }

        try
        {
            return (BinaryPrimitives.ReadUInt64BigEndian(records[0]), [.. records.Skip(1).Select(record => VotedBlock.Decode(record))]);
        }
        catch (MalformedBytesException exception)
        {
            throw new DamagedFileException($"{Name} holds something that is no vote. {exception.Message}");
        }
    }

    private VotedBlock Record(VotedBlock voted)
    {
        log.Append(voted.ToArray());
        votes.Add(voted.Header.Height, voted);
        IsDirty = true;
        return voted;
    }

    private RecordLog Rewrite()
    {
        disk.Delete(Part);
        using (RecordLog part = RecordLog.Open(disk, Part, reserve))
        {
            byte[] first = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(first, lowest);
            part.Append(first);
            foreach (VotedBlock voted in votes.Values)
            {
                part.Append(voted.ToArray());
            }

            part.Sync();
        }

        disk.Rename(Part, Name);
        disk.SyncFolder();
        return RecordLog.Open(disk, Name, reserve);
    }

    // Space is reserved, and synced, before a vote is written into it: there is always some left behind the last one.
    private static bool IsCut(IDiskFile file, long end)
    {
        byte[] head = new byte[RecordFrame.HeadSize];
        if (file.Read(end, head) < head.Length)
        {
            return true;
        }

        (uint length, _, _, _) = RecordFrame.ReadHead(head);
        return length > 0 && end + RecordFrame.HeadSize + length >= file.Length;
    }
}
