using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

/// <summary>A proof is as good as the validators and the ledger that its reader names, and no better.</summary>
public class ProofTrustTests
{
    private readonly CertifiedChain chain = new();
    private readonly TransactionProof proof;

    public ProofTrustTests()
    {
        TransactionBuilder alice = Builder(chain.Genesis, Alice);
        chain.Add(alice.Build(chain.Now, TakeNote("one")));
        proof = TransactionProof.Of(chain.Add(alice.Build(chain.Now, TakeNote("two"))), 0);
    }

    [Fact]
    public void Other_validators_than_those_of_the_header_do_not_vouch_for_it()
    {
        ValidatorSet[] others =
        [
            Validators(Stranger),
            Validators(CertifiedChain.FourValidators[..3]),
            Validators([.. CertifiedChain.FourValidators, Stranger]),
            new(chain.Validators.Members.Select(member => member with { Power = 2 })),
        ];
        Assert.All(others, set => Assert.Contains("those trusted are the set", proof.Check(set, chain.Genesis.Id)!, StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_that_names_the_trusted_validators_needs_their_signatures()
    {
        chain.Know(Stranger);
        CertifiedHeader strangers = chain.Sign(proof.Block.Header, Validators(Stranger), 1);
        Assert.Contains("no validator", Check(strangers), StringComparison.Ordinal);
        Assert.Contains("two thirds", Check(chain.Sign(proof.Block.Header, chain.Validators, 0)), StringComparison.Ordinal);
        Assert.Contains("two thirds", Check(chain.Sign(proof.Block.Header, chain.Validators, 2)), StringComparison.Ordinal);
        Assert.Null(Check(chain.Sign(proof.Block.Header, chain.Validators, 3)));
        Assert.Null(Check(chain.Sign(proof.Block.Header, chain.Validators, 4)));
    }

    [Fact]
    public void A_proof_is_of_one_ledger()
    {
        var other = new CertifiedChain([.. CertifiedChain.FourValidators, Stranger]);
        Assert.NotEqual(chain.Genesis.Id, other.Genesis.Id);
        Assert.Contains("of the ledger", proof.Check(chain.Validators, other.Genesis.Id)!, StringComparison.Ordinal);
        Assert.Contains("of the ledger", proof.Check(other.Validators, other.Genesis.Id)!, StringComparison.Ordinal);
        Assert.NotNull(proof.Check(other.Validators, chain.Genesis.Id));
    }

    [Fact]
    public void The_header_of_an_older_block_does_not_vouch_for_a_newer_one()
    {
        Assert.Contains("path", Check(chain.Blocks[1].Certified), StringComparison.Ordinal);
        Assert.Contains("not valid", Check(chain.Blocks[1].Certified with { Header = proof.Block.Header }), StringComparison.Ordinal);
        Assert.Contains("not valid", Check(proof.Block with { Header = proof.Block.Header with { Height = 9 } }), StringComparison.Ordinal);
    }

    private string? Check(CertifiedHeader block) => (proof with { Block = block }).Check(chain.Validators, chain.Genesis.Id);
}
