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
    private readonly SortedList<ulong, TrustedSet> validators = [];

    /// <summary>A client that has seen no header yet.</summary>
    /// <param name="ledgerId">The ledger, from a source that is trusted.</param>
    /// <param name="trusted">Its validators at a height, from a source that is trusted.</param>
    /// <param name="from">That height; headers below it are refused.</param>
    public LightClient(Hash ledgerId, ValidatorSet trusted, ulong from = 0)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        this.ledgerId = ledgerId;
        this.from = from;
        validators.Add(from, new TrustedSet(trusted));
    }

    /// <summary>The newest header that was found right, or null.</summary>
    public BlockHeader? Newest { get; private set; }

    /// <summary>The validators of the newest header's height; before there is one, those trusted from the start.</summary>
    public ValidatorSet Validators => validators.GetValueAtIndex(0).Members;

    /// <summary>Takes the next header, or a later one.</summary>
    /// <returns>Null where it is right, or a sentence that says why not; the client is then as it was.</returns>
    public string? Follow(CertifiedHeader next)
    {
        ArgumentNullException.ThrowIfNull(next);
        string? fault = FaultWithoutSignatures(next, Newest) ?? FaultInSignatures(next);
        if (fault is null)
        {
            Take(next.Header);
        }

        return fault;
    }

    /// <summary>Takes headers as <see cref="Follow"/> would, one after the other up to the first that is wrong, but checks their signatures on several threads.</summary>
    /// <param name="headers">The headers in their order.</param>
    /// <param name="threads">On how many threads, 1 or more.</param>
    /// <returns>How many were taken; where those are not all, why the next one is wrong. The client is then as if it had been told no more than those taken.</returns>
    public (int Taken, string? Fault) FollowAll(IReadOnlyList<CertifiedHeader> headers, int threads)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (int ordered, string? outOfOrder) = CountInOrder(headers);
        (int signed, string? unsigned) = CountSigned(headers, ordered, threads);
        if (signed > 0)
        {
            Take(headers[signed - 1].Header);
        }

        return (signed, unsigned ?? outOfOrder);
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
            validators[first] = new TrustedSet(CanonicalReader.Decode<ValidatorSet>(change.Value));
            return null;
        }
        catch (MalformedBytesException exception)
        {
            return exception.Message;
        }
    }

    private void Take(BlockHeader header)
    {
        Newest = header;
        while (validators.Count > 1 && validators.GetKeyAtIndex(1) <= header.Height)
        {
            validators.RemoveAt(0);
        }
    }

    // All that needs no signature, and each time the header before: what is left depends on nothing but the header itself.
    private (int Count, string? Fault) CountInOrder(IReadOnlyList<CertifiedHeader> headers)
    {
        BlockHeader? last = Newest;
        for (int index = 0; index < headers.Count; index++)
        {
            if (FaultWithoutSignatures(headers[index], last) is { } fault)
            {
                return (index, fault);
            }

            last = headers[index].Header;
        }

        return (headers.Count, null);
    }

    private (int Count, string? Fault) CountSigned(IReadOnlyList<CertifiedHeader> headers, int count, int threads)
    {
        // What nobody got to check counts as not signed.
        bool[] isSigned = new bool[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, count, options, (index, loop) =>
        {
            isSigned[index] = FaultInSignatures(headers[index]) is null;
            if (!isSigned[index])
            {
                // Those below are checked all the same: one of them may be wrong too, and the first wrong one counts.
                loop.Break();
            }
        });
        int first = Array.IndexOf(isSigned, false);
        return first < 0 ? (count, null) : (first, FaultInSignatures(headers[first]));
    }

    private string? FaultInSignatures(CertifiedHeader one) => one.Certificate.FindFault(one.Header, ValidatorsAt(one.Header.Height));

    private string? FaultWithoutSignatures(CertifiedHeader one, BlockHeader? newest) =>
        FaultInOrder(one.Header, newest) ?? one.FindFaultOfNames(SetAt(one.Header.Height).Hash, ledgerId);

    private string? FaultInOrder(BlockHeader header, BlockHeader? newest)
    {
        if (newest is not { } last)
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
    internal ValidatorSet ValidatorsAt(ulong height) => SetAt(height).Members;

    private TrustedSet SetAt(ulong height)
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

    // A set is hashed once and not for each header.
    private sealed record TrustedSet(ValidatorSet Members)
    {
        public Hash Hash { get; } = Members.SetHash();
    }
}
