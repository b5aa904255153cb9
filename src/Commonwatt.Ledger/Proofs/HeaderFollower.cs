using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Leads a light client through a file of headers, the signatures of many at a time on several threads.</summary>
public sealed class HeaderFollower
{
    private const int MostPending = 2048;
    private const int MostPendingBytes = 4 * 1024 * 1024;

    private readonly HeaderFileReader reader;
    private readonly int threads;
    private readonly List<CertifiedHeader> pending = [];
    private int pendingBytes;
    private ulong from;
    private long steps;

    private HeaderFollower(Stream file, int threads)
    {
        reader = new HeaderFileReader(file);
        this.threads = threads;
    }

    /// <summary>The client, as far as it followed; null where the file's beginning was wrong already.</summary>
    public LightClient? Client { get; private set; }

    /// <summary>How many headers it took.</summary>
    public long Headers { get; private set; }

    /// <summary>How many changes of the validators it took.</summary>
    public long Changes { get; private set; }

    /// <summary>How many steps stand below the height where its trust starts: they were passed over, unchecked.</summary>
    public long PassedOver { get; private set; }

    /// <summary>What is wrong with the file, with the step, or null. What the client took before that is right all the same.</summary>
    public string? Fault { get; private set; }

    /// <summary>Follows a file, trusting a ledger's id alone: the genesis in the file has this digest and names the first validators.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ledgerId">The ledger, from a source that is trusted.</param>
    /// <param name="threads">On how many threads to check signatures, 1 or more.</param>
    public static HeaderFollower Follow(Stream file, Hash ledgerId, int threads) => Run(new HeaderFollower(file, threads), ledgerId, trusted: null);

    /// <summary>Follows a file, trusting validators; what stands below their height is passed over.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trusted">The ledger and its validators, from a source that is trusted.</param>
    /// <param name="threads">On how many threads to check signatures, 1 or more.</param>
    public static HeaderFollower Follow(Stream file, TrustedValidators trusted, int threads)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        return Run(new HeaderFollower(file, threads), trusted.LedgerId, trusted);
    }

    private static HeaderFollower Run(HeaderFollower follower, Hash ledgerId, TrustedValidators? trusted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(follower.threads, 1);
        follower.Fault = follower.Start(ledgerId, trusted) ?? follower.FollowSteps();
        return follower;
    }

    private string? Start(Hash ledgerId, TrustedValidators? trusted)
    {
        try
        {
            byte[] genesis = reader.ReadGenesis();
            if (genesis.Length > 0 && LedgerGenesis.IdOf(genesis) is var id && id != ledgerId)
            {
                return $"The file is of the ledger {id}, not of {ledgerId}.";
            }

            if (genesis.Length == 0 && trusted is null)
            {
                return "The file holds no genesis, and so it does not show the first validators: start from a file of validators.";
            }

            from = trusted?.Height ?? 0;
            Client = new LightClient(ledgerId, trusted?.Validators ?? LedgerGenesis.Decode(genesis).Validators, from);
            return null;
        }
        catch (MalformedBytesException malformed)
        {
            return malformed.Message;
        }
    }

    private string? FollowSteps()
    {
        while (true)
        {
            (FollowStep Step, int Size)? next;
            try
            {
                next = reader.ReadStep();
            }
            catch (MalformedBytesException malformed)
            {
                return FollowPending() ?? At(steps, malformed.Message);
            }

            if (next is not var (step, size))
            {
                return FollowPending() ?? (Client!.Newest is null ? $"The file holds no header of height {from} or above, where the trust starts." : null);
            }

            if (Take(step, size) is { } fault)
            {
                return fault;
            }

            steps++;
        }
    }

    private string? Take(FollowStep step, int size)
    {
        if (step.Block.Header.Height < from)
        {
            PassedOver++;
            return FollowPending();
        }

        if (step is FollowStep.Change change)
        {
            return FollowPending() ?? FollowChange(change.Proof);
        }

        pending.Add(step.Block);
        pendingBytes += size;
        return pending.Count < MostPending && pendingBytes < MostPendingBytes ? null : FollowPending(and: 1);
    }

    // The pending headers are those of the steps just before the one that is read now; with that one itself where it was added.
    private string? FollowPending(int and = 0)
    {
        (int taken, string? fault) = Client!.FollowAll(pending, threads);
        long first = steps + and - pending.Count;
        Headers += taken;
        pending.Clear();
        pendingBytes = 0;
        return fault is null ? null : At(first + taken, fault);
    }

    private string? FollowChange(StateProof change)
    {
        BlockHeader? before = Client!.Newest;
        string? fault = Client.FollowChange(change);
        Headers += Client.Newest == before ? 0 : 1;
        Changes += fault is null ? 1 : 0;
        return fault is null ? null : At(steps, fault);
    }

    private static string At(long step, string fault) => $"At step {step}, counted from 0: {fault}";
}
