using Commonwatt.Faults.Sample;

namespace Commonwatt.Faults;

/// <summary>One validator's machine: it runs the real node, loses its power at any operation of its disk, and starts again.</summary>
internal sealed class SimulatedValidator(int number, SigningKey key, LedgerGenesis genesis, IOrderer orderer, IVoteChannel votes, RunChecks checks)
{
    public const string FileName = "sample.ledger";

    /// <summary>Its number, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>The key it signs with.</summary>
    public SigningKey Key { get; } = key;

    /// <summary>Its clock, right or wrong.</summary>
    public SimulatedClock Clock { get; } = new(SampleLedger.Start);

    /// <summary>Its disk.</summary>
    public SimulatedDisk Disk { get; private set; } = new();

    /// <summary>The node while it runs, or null.</summary>
    public LedgerNode? Node { get; private set; }

    /// <summary>Why the node stopped for good, or null.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Does something with the node; where the machine's power goes meanwhile, the node is gone.</summary>
    public void Use(Action<LedgerNode> step, Random random)
    {
        if (Node is not { } node)
        {
            return;
        }

        try
        {
            step(node);
        }
        catch (PowerCutException)
        {
            Crash(random);
        }
        catch (BrokenInvariantException diverged)
        {
            Stop(diverged.Message);
        }
    }

    /// <summary>Starts the node with what its disk holds.</summary>
    public void Start(Random random)
    {
        if (Node is not null || Stopped is not null)
        {
            return;
        }

        Disk.CutPowerAfter(random.Next(4) == 0 ? random.Next(60) : int.MaxValue);
        try
        {
            Node = LedgerNode.Open(new NodeSettings
            {
                Genesis = genesis,
                Catalog = SampleLedger.Catalog(),
                Key = Key,
                Disk = Disk,
                Orderer = orderer,
                Votes = votes,
                Clock = Clock,
                FileName = FileName,
                Reserve = random.Next(2) == 0 ? 300 : 5000,
                SnapshotEvery = random.Next(2) * 3,
                SignatureThreads = 1,
                OnFinal = block => checks.Hear(this, block),
                OnNotice = checks.Hear,
            });
            checks.Recovered(this);
        }
        catch (PowerCutException)
        {
            Crash(random);
        }
        catch (BrokenInvariantException diverged)
        {
            Stop(diverged.Message);
        }
    }

    /// <summary>Cuts its power after some more operations of its disk.</summary>
    public void CutPowerAfter(int operations) => Disk.CutPowerAfter(operations);

    /// <summary>Gives it a disk and a clock that fail no more.</summary>
    public void Heal(Instant now, Random random)
    {
        Disk.CutPowerAfter(int.MaxValue);
        Clock.Now = now;
        Start(random);
        Disk.CutPowerAfter(int.MaxValue);
    }

    private void Crash(Random random)
    {
        Node = null;
        Disk = random.Next(4) == 0 ? Disk.AfterKill() : Disk.AfterPowerCut(random);
    }

    private void Stop(string reason)
    {
        Node = null;
        Stopped = reason;
        checks.HearStop(this, reason);
    }
}
