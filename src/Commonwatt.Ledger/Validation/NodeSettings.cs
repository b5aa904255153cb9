using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>What a node is made of. Clock, disk and orderer are given, so that a test can put its own in their place.</summary>
public sealed record NodeSettings
{
    /// <summary>The name that a ledger file has where no other is asked for.</summary>
    public const string UsualFileName = "community.ledger";

    /// <summary>What the ledger starts with.</summary>
    public required LedgerGenesis Genesis { get; init; }

    /// <summary>The rules that this build knows.</summary>
    public required ContractCatalog Catalog { get; init; }

    /// <summary>The key that the validator signs with, or null for a follower, which executes and checks, and signs nothing.</summary>
    public required SigningKey? Key { get; init; }

    /// <summary>Where the ledger file and the snapshots are.</summary>
    public required IDisk Disk { get; init; }

    /// <summary>Where batches get their order.</summary>
    public required IOrderer Orderer { get; init; }

    /// <summary>Where votes travel, or null where one validator has all the power it takes.</summary>
    public IVoteChannel? Votes { get; init; }

    /// <summary>Whether the validator is known never to have signed under its key, though a ledger file is there and no file of votes: it got the blocks from others.</summary>
    /// <remarks>
    /// Say so once, to <see cref="BlockImport"/>, which begins the file of votes with the first block. Never let it stand: the next time
    /// that file is missing, it was lost, and nobody knows what was signed.
    /// </remarks>
    public bool HasNeverSigned { get; init; }

    /// <summary>Blocks above the ledger's end that other validators signed and the order lost: executed first, and signed, where they follow.</summary>
    public IReadOnlyList<VotedBlock> Carried { get; init; } = [];

    /// <summary>The validator's clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The ledger file's name.</summary>
    public string FileName { get; init; } = UsualFileName;

    /// <summary>How many bytes of the ledger file to reserve ahead.</summary>
    public int Reserve { get; init; } = 4 * 1024 * 1024;

    /// <summary>After how many blocks to write a snapshot; 0 for never.</summary>
    public int SnapshotEvery { get; init; }

    /// <summary>On how many threads to check signatures.</summary>
    public int SignatureThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether blocks are hashed, signed and written on a thread of their own, while the next ones are executed.</summary>
    public bool SealsInBackground { get; init; }

    /// <summary>Told each block once it is durable, in order. With <see cref="SealsInBackground"/> on that thread.</summary>
    public Action<FinalBlock>? OnFinal { get; init; }

    /// <summary>Told what the people who run the node must hear of. With <see cref="SealsInBackground"/> on that thread.</summary>
    public Action<FinalityNotice>? OnNotice { get; init; }
}

/// <summary>A block that is final and durable, with what executing it gave.</summary>
/// <param name="Header">The header.</param>
/// <param name="Executed">Receipts and state.</param>
/// <param name="Transactions">The transactions, in order.</param>
/// <param name="Certificate">The signatures that make it final.</param>
public sealed record FinalBlock(
    BlockHeader Header, ExecutedBlock Executed, IReadOnlyList<Transactions.SignedTransaction> Transactions, BlockCertificate Certificate);
