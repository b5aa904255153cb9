using System.Buffers.Binary;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Follows a ledger by headers and certificates alone, through changes of its validators, from a set that is trusted.</summary>
/// <remarks>
/// Heights may be left out, but not a change: the set in force from height c on must be shown under the state root of
/// header c - 2 or c - 1, which the set before it signed. Why that is enough stands in <c>docs/ledger.md</c>.
/// </remarks>
public sealed class LightClient
{
    private readonly Hash ledgerId;
    private readonly ulong from;

    // By the height from which each is in force: the current one first, then changes that are announced.
    private readonly SortedList<ulong, ValidatorSet> validators = [];

    /// <summary>A client that has seen no header yet.</summary>
    /// <param name="ledgerId">The ledger, from a source that is trusted.</param>
    /// <param name="trusted">Its validators at a height, from a source that is trusted.</param>
    /// <param name="from">That height; headers below it are refused.</param>
    public LightClient(Hash ledgerId, ValidatorSet trusted, ulong from = 0)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        this.ledgerId = ledgerId;
        this.from = from;
        validators.Add(from, trusted);
    }

    /// <summary>The newest header that was found right, or null.</summary>
    public BlockHeader? Newest { get; private set; }

    /// <summary>Takes the next header, or a later one.</summary>
    /// <returns>Null where it is right, or a sentence that says why not; the client is then as it was.</returns>
    public string? Follow(CertifiedHeader next)
    {
        ArgumentNullException.ThrowIfNull(next);
        BlockHeader header = next.Header;
        string? fault = FaultInOrder(header) ?? next.Check(ValidatorsAt(header.Height), ledgerId);
        if (fault is not null)
        {
            return fault;
        }

        Newest = header;
        while (validators.Count > 1 && validators.GetKeyAtIndex(1) <= header.Height)
        {
            validators.RemoveAt(0);
        }

        return null;
    }

    /// <summary>Takes a change of the validators: the entry of <c>ledger.validators</c> for one of the two heights after the proof's header.</summary>
    /// <remarks>The proof's header is followed first, where it is not the newest already, and stays followed if the proof turns out wrong.</remarks>
    /// <returns>Null where it is right, or a sentence that says why not; the validators are then as they were.</returns>
    public string? FollowChange(StateProof change)
    {
        ArgumentNullException.ThrowIfNull(change);
        string? fault = (change.Block.Header == Newest ? null : Follow(change.Block)) ?? change.FindFault();
        if (fault is not null)
        {
            return fault;
        }

        ulong height = Newest!.Height;
        if (HeightOf(change.Key) is not { } first || change.Value is null || first <= height || first - height > 2)
        {
            return $"The proof shows no validators from one of the two heights after {height} on.";
        }

        try
        {
            validators[first] = CanonicalReader.Decode<ValidatorSet>(change.Value);
            return null;
        }
        catch (MalformedBytesException exception)
        {
            return exception.Message;
        }
    }

    private string? FaultInOrder(BlockHeader header)
    {
        if (Newest is not { } last)
        {
            return header.Height >= from ? null : $"The header is of height {header.Height}, and the trusted validators are those from {from} on.";
        }

        if (header.Height <= last.Height)
        {
            return $"The header is of height {header.Height}, and that of {last.Height} is known: it is an old one.";
        }

        if (header.Height - last.Height == 1 && header.ParentHash != last.HeaderHash())
        {
            return $"The header of height {header.Height} does not follow the one of height {last.Height}.";
        }

        return header.Time >= last.Time ? null : $"The header of height {header.Height} has the time {header.Time}, before that of height {last.Height}, {last.Time}.";
    }

    /// <summary>The validators of a height, as far as their changes were shown.</summary>
    internal ValidatorSet ValidatorsAt(ulong height)
    {
        int index = validators.Count - 1;
        while (index > 0 && validators.GetKeyAtIndex(index) > height)
        {
            index--;
        }

        return validators.GetValueAtIndex(index);
    }

    private static ulong? HeightOf(byte[] key)
    {
        if (key.Length < sizeof(ulong))
        {
            return null;
        }

        ulong height = BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(key.Length - sizeof(ulong)));
        return SystemTables.Validators.StateKey(new Count(height)).AsSpan().SequenceEqual(key) ? height : null;
    }
}
