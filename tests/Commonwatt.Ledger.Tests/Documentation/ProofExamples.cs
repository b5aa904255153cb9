using Google.Protobuf;

namespace Commonwatt.Ledger.Tests.Documentation;

/// <summary>The proof files of docs/ledger.md: of alice's example transaction, of the scheduled call's receipt, and that bob has used no nonce; and a file of headers.</summary>
/// <param name="transactionSignature">Alice's signature as the document shows it, for it cannot be computed again.</param>
/// <param name="headerSignature">The validator's, likewise.</param>
internal sealed class ProofExamples(byte[] transactionSignature, byte[] headerSignature)
{
    private static readonly Receipt Scheduled = new(CallOrigin.Schedule, Hash.Of([3]), Outcome.Done, []);

    /// <summary>The header that both proofs follow from: block 2, with one scheduled call and alice's transaction twice.</summary>
    public BlockHeader Header => LedgerExamples.Header() with
    {
        Height = 2,
        ParentHash = LedgerExamples.Header().HeaderHash(),
        TransactionsRoot = MerkleTree.Root([TransactionLeaf, TransactionLeaf]),
        ReceiptsRoot = MerkleTree.Root(ReceiptLeaves),
        TransactionCount = 2,
        ScheduledCount = 1,
        Place = new OrderPlace(0, Next: 6),
        ContentHash = Hash.Of("content of block 2"u8),
    };

    /// <summary>The proof that alice's transaction was done.</summary>
    public TransactionProof Transaction => new(
        Block,
        Index: 0,
        Signed,
        MerkleTree.Prove([TransactionLeaf, TransactionLeaf], 0).Path,
        LedgerExamples.Done,
        MerkleTree.Prove(ReceiptLeaves, 1).Path);

    /// <summary>The proof of what the scheduled call did.</summary>
    public ReceiptProof Receipt => new(Block, Index: 0, Scheduled, MerkleTree.Prove(ReceiptLeaves, 0).Path);

    /// <summary>A file of headers that holds the genesis and the proofs' header.</summary>
    public byte[] Headers
    {
        get
        {
            using var file = new MemoryStream();
            HeaderFile.Begin(file, LedgerExamples.Ledger);
            HeaderFile.Append(file, new FollowStep.Next(Block));
            return file.ToArray();
        }
    }

    /// <summary>The proof that bob has no last nonce.</summary>
    public StateProof Absence
    {
        get
        {
            byte[] key = SystemTables.Nonces.StateKey(SigningKey.FromSeed("bob").Address);
            return new StateProof(Block, key, LedgerExamples.State().Prove(key));
        }
    }

    private CertifiedHeader Block => new(Header, BlockCertificate.Of([(SigningKey.FromSeed("alice").Address, headerSignature)]));

    private SignedTransaction Signed => SignedTransaction.Decode(new Transaction
    {
        Body = ByteString.CopyFrom(LedgerExamples.Body()),
        PublicKey = ByteString.CopyFrom(SigningKey.FromSeed("alice").PublicKey.Compressed),
        Signature = ByteString.CopyFrom(transactionSignature),
    }.ToByteArray());

    private Hash TransactionLeaf => MerkleTree.LeafHash(Signed.Bytes.Span);

    private static Hash[] ReceiptLeaves =>
    [
        MerkleTree.LeafHash(CanonicalWriter.Encode(Scheduled)),
        MerkleTree.LeafHash(CanonicalWriter.Encode(LedgerExamples.Done)),
        MerkleTree.LeafHash(CanonicalWriter.Encode(LedgerExamples.Refused)),
    ];

    /// <summary>Names and values, in the order of the document.</summary>
    public IEnumerable<(string Name, string Value)> All()
    {
        yield return ("proved-header", Convert.ToHexStringLower(CanonicalWriter.Encode(Header)));
        yield return ("proof-of-transaction", Convert.ToHexStringLower(ProofFile.Encode(Transaction)));
        yield return ("proof-of-receipt", Convert.ToHexStringLower(ProofFile.Encode(Receipt)));
        yield return ("asked-key", Convert.ToHexStringLower(Absence.Key));
        yield return ("proof-of-absence", Convert.ToHexStringLower(ProofFile.Encode(Absence)));
        yield return ("headers-file", Convert.ToHexStringLower(Headers));
    }
}
