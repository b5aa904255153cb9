using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

public class StateProofTests
{
    private readonly CertifiedChain chain = new();

    [Fact]
    public void A_balance_is_proved_as_it_was_after_the_block()
    {
        byte[] key = Token.BalanceKey(Alice.Address);
        StateProof before = Handed(StateProof.Of(chain.Blocks[0], key));
        StateProof after = Handed(StateProof.Of(chain.Add(Builder(chain.Genesis, Alice).Build(chain.Now, Transfer(Bob, 1))), key));
        Assert.Equal([1000, 999], new[] { before, after }.Select(proof => CanonicalReader.Decode<Amount>(proof.Value).Units));
        Assert.Equal([0ul, 1ul], new[] { before, after }.Select(proof => proof.Block.Header.Height));
        Assert.All(new[] { before, after }, proof => Assert.Null(proof.Check(chain.Validators, chain.Genesis.Id)));
    }

    [Fact]
    public void Every_entry_is_proved_and_no_key_that_is_close_to_one()
    {
        VerifiedBlock block = chain.Add(Builder(chain.Genesis, Alice).Build(chain.Now, TakeNote("hello"), Remind(chain.Now + TimeSpan.FromHours(1), "later")));
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in block.Executed.State.Entries())
        {
            StateProof there = Handed(StateProof.Of(block, key.Span));
            Assert.Null(there.Check(chain.Validators, chain.Genesis.Id));
            Assert.Equal(value, there.Value);
            byte[][] close = [[.. key.Span, 0], key.Span[..^1].ToArray(), [.. key.Span[..^1], (byte)(key.Span[^1] ^ 1)]];
            Assert.All(close, other =>
            {
                StateProof absent = Handed(StateProof.Of(block, other));
                Assert.Null(absent.Check(chain.Validators, chain.Genesis.Id));
                Assert.False(absent.IsPresent);
                Assert.Null(absent.Value);
            });
        }
    }

    [Fact]
    public void Another_value_another_path_and_the_absence_of_what_is_there_are_refused()
    {
        byte[] key = Token.BalanceKey(Alice.Address);
        StateProof proof = StateProof.Of(chain.Blocks[0], key);
        StateProof other = StateProof.Of(chain.Blocks[0], Token.BalanceKey(Bob.Address));
        StateProof[] forged =
        [
            proof with { Map = proof.Map with { Value = CanonicalWriter.Encode(new Amount(1001)) } },
            proof with { Map = proof.Map with { Path = [.. proof.Map.Path.Reverse()] } },
            proof with { Map = proof.Map with { Path = [] } },
            proof with { Map = other.Map },
            proof with { Map = new MapProof([], [], []) },
            proof with { Key = [] },
            proof with { Key = new byte[256] },
        ];
        Assert.All(forged, one => Assert.NotNull(Handed(one).Check(chain.Validators, chain.Genesis.Id)));
    }

    [Fact]
    public void A_key_is_neither_empty_nor_too_long()
    {
        Assert.Throws<ArgumentException>(() => StateProof.Of(chain.Blocks[0], []));
        Assert.Throws<ArgumentException>(() => StateProof.Of(chain.Blocks[0], new byte[256]));
        Assert.Null(Handed(StateProof.Of(chain.Blocks[0], new byte[255])).Check(chain.Validators, chain.Genesis.Id));
    }

    private static StateProof Handed(StateProof proof) => Assert.IsType<StateProof>(ProofFile.Decode(ProofFile.Encode(proof)));
}
