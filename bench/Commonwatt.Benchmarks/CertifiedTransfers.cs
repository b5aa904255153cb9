using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Benchmarks;

/// <summary>Writes the ledger file of a community of several validators as they would have made it, without the time it takes them to agree.</summary>
internal sealed class CertifiedTransfers
{
    private readonly TransferCommunity community;
    private readonly RecordLog log;
    private readonly LedgerState state = new();
    private readonly BlockExecutor executor;
    private ExecutedBlock last;
    private BlockHeader tip;

    private CertifiedTransfers(TransferCommunity community, RecordLog log)
    {
        this.community = community;
        this.log = log;
        executor = new BlockExecutor(community.Genesis, CommunityRules.Catalog, state);
        last = executor.ExecuteGenesis();
        tip = HeaderRule.HeaderOf(community.Genesis, parent: null, last, [], community.Genesis.Id, OrderPlace.Start);
        Append(community.Genesis.Bytes);
    }

    /// <summary>Writes the file, and a snapshot some blocks before its end.</summary>
    /// <param name="disk">Where to write.</param>
    /// <param name="fileName">The ledger file's name.</param>
    /// <param name="community">Whose ledger it is.</param>
    /// <param name="transfers">How many transfers.</param>
    /// <param name="transfersInBlock">How many of them in a block.</param>
    /// <param name="blocksAfterSnapshot">How many blocks follow the snapshot, fewer than there are.</param>
    /// <returns>The height of the newest block.</returns>
    public static ulong Write(IDisk disk, string fileName, TransferCommunity community, int transfers, int transfersInBlock, int blocksAfterSnapshot)
    {
        using RecordLog log = RecordLog.Open(disk, fileName);
        var made = new CertifiedTransfers(community, log);
        made.Add([.. community.Foundation()]);
        int blocks = (transfers + transfersInBlock - 1) / transfersInBlock;
        for (int block = 0; block < blocks; block++)
        {
            int count = int.Min(transfersInBlock, transfers - (block * transfersInBlock));
            made.Add([.. community.Sign(count).Select(bytes => SignedTransaction.Decode(bytes))]);
            if (block == blocks - 1 - blocksAfterSnapshot)
            {
                Snapshot.Save(disk, made.tip, made.last.State);
            }
        }

        log.Sync();
        return made.tip.Height;
    }

    private void Add(SignedTransaction[] transactions)
    {
        ulong height = last.Height + 1;
        SigningKey proposer = community.Validators[(int)(height % (ulong)community.Validators.Count)];
        SignedBatch batch = SignedBatch.Sign(community.Genesis.Id, height, community.Start + TimeSpan.FromMilliseconds(height), transactions, proposer);
        bool[] signed = new bool[transactions.Length];
        Array.Fill(signed, value: true);
        last = executor.Execute(batch, height, last.Time, signed);
        if (last.Receipts.FirstOrDefault(receipt => !receipt.Outcome.IsDone) is { } refused)
        {
            throw new InvalidOperationException($"The ledger refused a transfer of the measurement: {refused.Outcome}");
        }

        tip = HeaderRule.HeaderOf(community.Genesis, tip, last, transactions, batch.Digest, new OrderPlace(0, height));
        Append(batch.Bytes);
    }

    private void Append(ReadOnlyMemory<byte> content)
    {
        int signers = (community.Validators.Count * 2 / 3) + 1;
        var certificate = BlockCertificate.Of(community.Validators.Take(signers).Select(key => (key.Address, key.Sign(tip.SigningDigest()))));
        log.Append(new CertifiedBlock(tip, content, certificate).ToArray());
    }
}
