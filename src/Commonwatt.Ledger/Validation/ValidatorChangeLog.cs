using System.Buffers.Binary;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Every change of the validators with its proof, in a file of its own, so that others can follow them without the states of then.</summary>
/// <remarks>
/// A change is written once its block is durable, and before anybody is told of that block or a snapshot says that it need
/// not be executed again. So what a crash keeps from the file is in blocks that are executed at the next start.
/// </remarks>
public sealed class ValidatorChangeLog
{
    /// <summary>The file's name. Where the validators never changed, there is none.</summary>
    public const string FileName = "validator-changes.log";

    private const string Part = FileName + ".part";

    private readonly IDisk disk;
    private readonly List<StateProof> unwritten = [];
    private StateProof[] changes;

    private ValidatorChangeLog(IDisk disk, StateProof[] changes)
    {
        this.disk = disk;
        this.changes = changes;
    }

    /// <summary>The changes that are durable, by ascending height. Another thread may read it.</summary>
    public IReadOnlyList<StateProof> Changes => Volatile.Read(ref changes);

    /// <summary>The changes that the file of a folder holds, by ascending height, unchecked.</summary>
    public static IReadOnlyList<StateProof> Read(IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return ReadFile(disk, _ => true).Changes;
    }

    /// <summary>Opens the file, and keeps of it what is right: whatever else there should be is in the blocks.</summary>
    internal static ValidatorChangeLog Open(IDisk disk, LedgerGenesis genesis, Func<BlockHeader, bool> isOurs)
    {
        var follower = new LightClient(genesis.Id, genesis.Validators);
        (StateProof[] changes, bool isWhole) = ReadFile(disk, change => isOurs(change.Block.Header) && follower.FollowChange(change) is null && IsUnderItsBlock(change));
        var log = new ValidatorChangeLog(disk, changes);
        if (!isWhole)
        {
            log.WriteAnew();
        }

        return log;
    }

    /// <summary>The change that a block announces, with its proof, or null.</summary>
    internal static StateProof? ChangeIn(CertifiedHeader block, MerkleMapVersion state)
    {
        var first = new Count(block.Header.Height + 2);
        return SystemTables.Validators.Has(new StateView(state), first)
            ? Proof(block, state, SystemTables.Validators.StateKey(first))
            : null;
    }

    /// <summary>Whether all changes up to a block are in the file, going by the state after it: that names the newest one.</summary>
    internal bool Covers(ulong height, LedgerState state)
    {
        ulong newest = SystemTables.Validators.All(new StateView(state.Freeze()))[^1].Key.Value;
        StateProof? last = changes.LastOrDefault(change => change.Block.Header.Height <= height);
        return newest == (last is null ? 0 : FirstHeight(last));
    }

    /// <summary>Whether a change that a light client took stands under the header of the block that made it.</summary>
    internal static bool IsUnderItsBlock(StateProof change) => FirstHeight(change) == change.Block.Header.Height + 2;

    private bool IsNew(StateProof change) => changes.Length == 0 || change.Block.Header.Height > changes[^1].Block.Header.Height;

    /// <summary>Takes a change in, unless it is there already. <see cref="Sync"/> writes it.</summary>
    internal void Add(StateProof change)
    {
        if (IsNew(change))
        {
            unwritten.Add(change);
        }
    }

    /// <summary>Makes what was added durable.</summary>
    internal void Sync()
    {
        if (unwritten.Count == 0)
        {
            return;
        }

        using (RecordLog log = RecordLog.Open(disk, FileName))
        {
            Append(log, unwritten);
        }

        Volatile.Write(ref changes, [.. changes, .. unwritten]);
        unwritten.Clear();
    }

    private static StateProof Proof(CertifiedHeader block, MerkleMapVersion state, byte[] key) => new(block, key, state.Prove(key));

    // Whoever follows the changes has compared the whole key with that of the table.
    private static ulong FirstHeight(StateProof change) => BinaryPrimitives.ReadUInt64BigEndian(change.Key.AsSpan(change.Key.Length - sizeof(ulong)));

    private static (StateProof[] Changes, bool IsWhole) ReadFile(IDisk disk, Func<StateProof, bool> isRight)
    {
        if (!disk.List().Contains(FileName, StringComparer.Ordinal))
        {
            return ([], true);
        }

        using IDiskFile file = disk.Open(FileName);
        var changes = new List<StateProof>();
        bool isWhole = true;
        try
        {
            long end = RecordScan.Run(file, FileName, (_, record) =>
            {
                if (isWhole && ProofFile.Decode(record.Span) is StateProof change && isRight(change))
                {
                    changes.Add(change);
                }
                else
                {
                    isWhole = false;
                }
            });
            isWhole &= end == file.Length;
        }
        catch (Exception exception) when (exception is DamagedFileException or MalformedBytesException)
        {
            isWhole = false;
        }

        return ([.. changes], isWhole);
    }

    private static void Append(RecordLog log, IEnumerable<StateProof> added)
    {
        foreach (StateProof change in added)
        {
            log.Append(ProofFile.Encode(change));
        }

        log.Sync();
    }

    private void WriteAnew()
    {
        disk.Delete(Part);
        using (RecordLog log = RecordLog.Open(disk, Part))
        {
            Append(log, changes);
        }

        disk.Rename(Part, FileName);
        disk.SyncFolder();
    }
}
