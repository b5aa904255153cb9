using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Proofs;

/// <summary>A ledger of several validators, each block of which is certified by just enough of them.</summary>
internal sealed class CertifiedChain
{
    private readonly Dictionary<Address, SigningKey> keys = [];
    private readonly Chain chain;
    private SigningKey[] proposers;

    public CertifiedChain(params SigningKey[] validators)
    {
        proposers = validators.Length > 0 ? validators : FourValidators;
        chain = new Chain(SampleLedger.Genesis(validators: proposers));
        Know(proposers);
        Certify([]);
    }

    /// <summary>Any three of them are enough, two are not.</summary>
    public static SigningKey[] FourValidators { get; } = [.. Enumerable.Range(0, 4).Select(index => SigningKey.FromSeed($"validator {index}"))];

    public LedgerGenesis Genesis => chain.Genesis;

    public ValidatorSet Validators => Genesis.Validators;

    public StateView State => chain.State;

    public List<VerifiedBlock> Blocks { get; } = [];

    public Instant Now => chain.Last.Time;

    public void Know(params SigningKey[] validators)
    {
        foreach (SigningKey key in validators)
        {
            keys[key.Address] = key;
        }
    }

    /// <summary>From here on, the first of these proposes.</summary>
    public void Rotate(params SigningKey[] validators) => proposers = validators;

    public VerifiedBlock Add(params SignedTransaction[] transactions)
    {
        chain.Add(proposers[0], Now + TimeSpan.FromSeconds(1), transactions);
        return Certify(transactions);
    }

    /// <summary>The signatures of the first so many of the validators over a header.</summary>
    public CertifiedHeader Sign(BlockHeader header, ValidatorSet validators, int count) => new(
        header,
        BlockCertificate.Of(validators.Members.Take(count).Select(member => (member.Address, keys[member.Address].Sign(header.SigningDigest())))));

    private VerifiedBlock Certify(SignedTransaction[] transactions)
    {
        ValidatorSet validators = chain.Last.Validators;
        int count = 1;
        while (!validators.IsQuorum((ulong)count))
        {
            count++;
        }

        Blocks.Add(new VerifiedBlock(Sign(chain.Tip, validators, count), chain.Last, transactions, Genesis));
        return Blocks[^1];
    }
}
