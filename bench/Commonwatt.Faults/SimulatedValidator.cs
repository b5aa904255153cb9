using Commonwatt.Faults.Sample;

namespace Commonwatt.Faults;

/// <summary>One validator's machine: it runs the real node, loses its power at any operation of its disk, and starts again.</summary>
internal sealed class SimulatedValidator(
    int number, SigningKey key, LedgerGenesis genesis, IOrderer orderer, IVoteChannel votes, RunChecks checks, Random random)
{
    public const string FileName = "sample.ledger";

    private static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 5).Select(one => SigningKey.FromSeed($"validator/{one}"))];

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

    /// <summary>The key of the machine with a number from 0 to 4.</summary>
    public static SigningKey KeyOf(int number) => Keys[number];

    /// <summary>Does something with the node; where the machine's power or its disk goes meanwhile, the node is gone.</summary>
    public void Use(Action<LedgerNode> step)
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
            LosePower();
        }
        catch (DiskBrokenException)
        {
            RequireStopped(node);
            ReplaceDisk();
        }
        catch (BrokenInvariantException diverged)
        {
            Stop(diverged.Message);
        }
    }

    /// <summary>Starts the node with what its disk holds.</summary>
    public void Start()
    {
        if (Node is not null || Stopped is not null)
        {
            return;
        }

        if (random.Next(4) == 0)
        {
            Disk.CutPowerAfter(random.Next(60));
        }

        HarmSnapshot();
        try
        {
            Open();
        }
        catch (PowerCutException)
        {
            checks.Counts = checks.Counts with { CrashesAtStart = checks.Counts.CrashesAtStart + 1 };
            LosePower();
        }
        catch (DiskBrokenException)
        {
            ReplaceDisk();
        }
        catch (BrokenInvariantException diverged)
        {
            Stop(diverged.Message);
        }
    }

    /// <summary>Gives it a disk and a clock that fail no more.</summary>
    public void Heal(Instant now)
    {
        Clock.Now = now;
        while (Node is null && Stopped is null)
        {
            Start();
        }

        Disk.Mend();
    }

    /// <summary>Its power goes, or its process is killed, now.</summary>
    public void LosePower()
    {
        Node = null;
        Disk = random.Next(4) == 0 ? Disk.AfterKill() : Disk.AfterPowerCut(random);
        checks.Counts = checks.Counts with { Crashes = checks.Counts.Crashes + 1 };
    }

    /// <summary>The batches of all blocks above the first in the ledger file.</summary>
    public IEnumerable<SignedBatch> BatchesInFile()
    {
        var blocks = new List<CertifiedBlock>();
        using IDiskFile file = Disk.Open(FileName);
        RecordScan.Run(file, FileName, (_, record) => blocks.Add(CertifiedBlock.Decode(record.Span)));
        return blocks.Skip(1).Select(block => SignedBatch.Decode(block.Content.Span));
    }

    private void Open()
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
            OnNotice = notice => checks.Hear(notice, genesis),
        });
        checks.Recovered(this);
        if (Node.Recovery is { } recovery)
        {
            checks.Counts = checks.Counts with
            {
                Recoveries = checks.Counts.Recoveries + 1,
                RecoveriesFromSnapshot = checks.Counts.RecoveriesFromSnapshot + (recovery.SnapshotHeight is null ? 0 : 1),
            };
        }
    }

    // A snapshot is a shortcut: whatever it holds, the node must come to the same state.
    private void HarmSnapshot()
    {
        if (random.Next(4) == 0 && Disk.List().LastOrDefault(name => name.EndsWith(".snapshot", StringComparison.Ordinal)) is { } name)
        {
            byte[] bytes = Disk.Contents(name);
            Disk.Replace(name, bytes.AsSpan(0, random.Next(bytes.Length / 2, bytes.Length)));
            checks.Counts = checks.Counts with { SnapshotsHarmed = checks.Counts.SnapshotsHarmed + 1 };
        }
    }

    // A node whose disk failed writes nothing more, even where the disk would take it again.
    private void RequireStopped(LedgerNode node)
    {
        int operations = Disk.Operations;
        RunChecks.Require(
            IsRefused(() => node.Advance()) && IsRefused(() => node.Propose()) && Disk.Operations == operations,
            $"The validator {Number} went on after its disk had failed.");
        node.Dispose();
    }

    private static bool IsRefused(Action step)
    {
        try
        {
            step();
            return false;
        }
        catch (NodeStoppedException)
        {
            return true;
        }
    }

    private void ReplaceDisk()
    {
        Node = null;
        Disk = random.Next(2) == 0 ? Disk.AfterKill() : Disk.AfterPowerCut(random);
        checks.Counts = checks.Counts with { DiskFailures = checks.Counts.DiskFailures + 1 };
    }

    private void Stop(string reason)
    {
        Node = null;
        Stopped = reason;
        checks.HearStop(this, reason);
    }
}
