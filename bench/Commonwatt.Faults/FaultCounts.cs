namespace Commonwatt.Faults;

/// <summary>How much happened in one run or in many: what never happened was not tested.</summary>
public readonly record struct FaultCounts
{
    /// <summary>Blocks that became final.</summary>
    public long Blocks { get; init; }

    /// <summary>Transactions that were executed.</summary>
    public long Transactions { get; init; }

    /// <summary>Scheduled calls that ran.</summary>
    public long Reminders { get; init; }

    /// <summary>How often the set of validators changed.</summary>
    public long ValidatorChanges { get; init; }

    /// <summary>How often a machine lost its power or its process.</summary>
    public long Crashes { get; init; }

    /// <summary>How many of the crashes came while a node was starting.</summary>
    public long CrashesAtStart { get; init; }

    /// <summary>How often a disk failed or was full.</summary>
    public long DiskFailures { get; init; }

    /// <summary>How often a node started again from its ledger file.</summary>
    public long Recoveries { get; init; }

    /// <summary>How many of them began with a snapshot.</summary>
    public long RecoveriesFromSnapshot { get; init; }

    /// <summary>How often a snapshot was harmed.</summary>
    public long SnapshotsHarmed { get; init; }

    /// <summary>How often the order lost its newest entries.</summary>
    public long TailsLost { get; init; }

    /// <summary>How often the lying validator did something.</summary>
    public long Lies { get; init; }

    /// <summary>How often a validator was caught signing two headers.</summary>
    public long Equivocations { get; init; }

    /// <summary>How often headers were seen to differ.</summary>
    public long Divergences { get; init; }

    /// <summary>How many nodes stopped by themselves, in runs whose order of batches changed or lied.</summary>
    public long Stops { get; init; }

    /// <summary>Both together.</summary>
    public static FaultCounts operator +(FaultCounts one, FaultCounts other) => new()
    {
        Blocks = one.Blocks + other.Blocks,
        Transactions = one.Transactions + other.Transactions,
        Reminders = one.Reminders + other.Reminders,
        ValidatorChanges = one.ValidatorChanges + other.ValidatorChanges,
        Crashes = one.Crashes + other.Crashes,
        CrashesAtStart = one.CrashesAtStart + other.CrashesAtStart,
        DiskFailures = one.DiskFailures + other.DiskFailures,
        Recoveries = one.Recoveries + other.Recoveries,
        RecoveriesFromSnapshot = one.RecoveriesFromSnapshot + other.RecoveriesFromSnapshot,
        SnapshotsHarmed = one.SnapshotsHarmed + other.SnapshotsHarmed,
        TailsLost = one.TailsLost + other.TailsLost,
        Lies = one.Lies + other.Lies,
        Equivocations = one.Equivocations + other.Equivocations,
        Divergences = one.Divergences + other.Divergences,
        Stops = one.Stops + other.Stops,
    };

    /// <summary>Both together.</summary>
    public static FaultCounts Add(FaultCounts one, FaultCounts other) => one + other;
}
