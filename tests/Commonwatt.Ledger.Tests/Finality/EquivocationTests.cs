using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Finality;

public class EquivocationTests
{
    private static readonly LedgerGenesis Genesis = SampleLedger.Genesis();
    private static readonly BlockHeader Header = new Chain(Genesis).Tip with { Height = 7 };
    private static readonly BlockHeader Other = Header with { StateRoot = Hash.Of("other"u8) };
    private static readonly SigningKey Key = SampleLedger.Proposer;

    [Fact]
    public void Two_headers_of_one_height_signed_by_one_validator_convict_it()
    {
        var evidence = Equivocation.Of(Vote.Sign(Header, Key), Vote.Sign(Other, Key));
        Assert.NotNull(evidence);
        Assert.Equal(Key.Address, evidence.Validator);
        Assert.Null(evidence.FindFault(Genesis.Id, Key.PublicKey));
        Assert.Equal(evidence.ToArray(), Equivocation.Decode(evidence.ToArray()).ToArray());
        Assert.Equal(evidence.ToArray(), Equivocation.Of(evidence.Second, evidence.First)!.ToArray());
        Assert.NotNull(Equivocation.Of(evidence.First, Vote.Sign(Other with { Place = Other.Place with { Order = 1 } }, Key)));
    }

    [Fact]
    public void What_an_honest_validator_signs_is_no_evidence()
    {
        Vote vote = Vote.Sign(Header, Key);
        Assert.Null(Equivocation.Of(vote, Vote.Sign(Header, Key)));
        Assert.Null(Equivocation.Of(vote, Vote.Sign(Other with { Height = 8 }, Key)));
        Assert.Null(Equivocation.Of(vote, Vote.Sign(Other, SampleLedger.Alice)));
        Assert.Null(Equivocation.Of(vote, Vote.Sign(Other with { LedgerId = Hash.Zero }, Key)));
    }

    [Fact]
    public void Nobody_is_convicted_by_another_s_signature_or_on_another_ledger()
    {
        var evidence = Equivocation.Of(Vote.Sign(Header, Key), Vote.Sign(Other, Key));
        Assert.Contains("not signed", evidence!.FindFault(Genesis.Id, SampleLedger.Alice.PublicKey), StringComparison.Ordinal);
        Assert.Contains("ledger", evidence.FindFault(Hash.Zero, Key.PublicKey), StringComparison.Ordinal);
        var forged = Equivocation.Of(evidence.First, Forge(evidence.Second));
        Assert.Contains("second vote", forged!.FindFault(Genesis.Id, Key.PublicKey), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_has_one_encoding()
    {
        var evidence = Equivocation.Of(Vote.Sign(Header, Key), Vote.Sign(Other, Key))!;
        byte[] swapped = [.. Field(1, evidence.Second.ToArray()), .. Field(2, evidence.First.ToArray())];
        Assert.Throws<MalformedBytesException>(() => Equivocation.Decode(swapped));
        byte[] bytes = evidence.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<MalformedBytesException>(() => Equivocation.Decode(bytes.AsSpan(0, length)));
        }
    }

    // The signature of another header under this one.
    private static Vote Forge(Vote vote)
    {
        byte[] bytes = vote.ToArray();
        byte[] stolen = Vote.Sign(vote.Header with { Height = 1 }, Key).ToArray();
        stolen.AsSpan(stolen.Length - 64).CopyTo(bytes.AsSpan(bytes.Length - 64));
        return Vote.Decode(bytes);
    }

    private static byte[] Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)((bytes.Length & 0x7f) | 0x80), (byte)(bytes.Length >> 7), .. bytes];
}
