using System.Globalization;
using System.Numerics;

namespace Commonwatt.Ledger.Tests.Keys;

public class SignatureTests
{
    private static readonly BigInteger N = BigInteger.Parse("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private static readonly BigInteger P = BigInteger.Parse("00ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private static readonly Hash Digest = Hash.Of("a message"u8);
    private static readonly SigningKey Key = SampleLedger.Alice;

    [Fact]
    public void Every_signature_made_here_is_canonical_and_valid()
    {
        for (int message = 0; message < 64; message++)
        {
            Hash digest = Hash.Of(BitConverter.GetBytes(message));
            byte[] signature = Key.Sign(digest);
            Assert.True(Signature.IsCanonical(signature));
            Assert.True(Key.PublicKey.Verify(digest, signature));
            Assert.False(Key.PublicKey.Verify(Digest, signature));
            Assert.False(SampleLedger.Bob.PublicKey.Verify(digest, signature));
        }
    }

    [Fact]
    public void Remembering_valid_signatures_makes_no_other_valid()
    {
        using IDisposable remembering = RememberedSignatures.Begin();
        byte[] signature = Key.Sign(Digest);
        Assert.True(Key.PublicKey.Verify(Digest, signature));
        Assert.True(RememberedSignatures.IsValid(Key.PublicKey, Digest, signature));
        Assert.True(Key.PublicKey.Verify(Digest, signature));
        Assert.False(Key.PublicKey.Verify(Hash.Of("another message"u8), signature));
        Assert.False(SampleLedger.Bob.PublicKey.Verify(Digest, signature));
        for (int index = 0; index < Signature.Size; index++)
        {
            byte[] changed = [.. signature];
            changed[index] ^= 1;
            Assert.False(Key.PublicKey.Verify(Digest, changed));
            Assert.False(Key.PublicKey.Verify(Digest, changed));
        }
    }

    [Fact]
    public void The_twin_with_the_greater_s_is_refused_and_made_canonical()
    {
        byte[] signature = Key.Sign(Digest);
        byte[] twin = With(signature, s: N - S(signature));
        Assert.False(Signature.IsCanonical(twin));
        Assert.False(Key.PublicKey.Verify(Digest, twin));
        Signature.MakeCanonical(twin);
        Assert.Equal(signature, twin);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        byte[] good = Key.Sign(Digest);
        BigInteger r = R(good);
        BigInteger s = S(good);
        (BigInteger R, BigInteger S)[] cases =
        [
            (0, s), (r, 0), (0, 0), (N, s), (r, N), (N, 0), (0, N), (N, N), (1, 0), (r, N - s), (N - r, s), (r, (N / 2) + 1),
            (N + 1, 1), (1, N + 1), (P, s), (P - N, s), (r, 1), (1, 1), (N - 1, 1), (N - 1, N - 1), (BigInteger.Pow(2, 256) - 1, s), (r, BigInteger.Pow(2, 256) - 1),
        ];
        Assert.All(cases, one => Assert.False(Key.PublicKey.Verify(Digest, With(good, one.R, one.S))));
    }

    [Fact]
    public void The_lower_half_ends_at_half_the_order()
    {
        byte[] good = Key.Sign(Digest);
        Assert.True(Signature.IsCanonical(With(good, s: N / 2)));
        Assert.False(Signature.IsCanonical(With(good, s: (N / 2) + 1)));
        byte[] least = With(good, s: (N / 2) + 1);
        Signature.MakeCanonical(least);
        Assert.Equal(N / 2, S(least));
    }

    [Fact]
    public void A_signature_of_another_length_is_refused()
    {
        byte[] good = Key.Sign(Digest);
        for (int length = 0; length < 80; length++)
        {
            byte[] other = new byte[length];
            good.AsSpan(0, int.Min(length, good.Length)).CopyTo(other);
            Assert.Equal(length == Signature.Size, Key.PublicKey.Verify(Digest, other));
        }

        Assert.Throws<ArgumentException>(() => Signature.MakeCanonical(new byte[63]));
    }

    [Fact]
    public void Any_flipped_bit_makes_a_signature_invalid()
    {
        byte[] good = Key.Sign(Digest);
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Key.PublicKey.Verify(Digest, flipped));
        }
    }

    [Fact]
    public void Many_threads_may_sign_with_one_key_and_verify_with_it()
    {
        Parallel.For(0, 200, index =>
        {
            Hash digest = Hash.Of(BitConverter.GetBytes(index));
            Assert.True(Key.PublicKey.Verify(digest, Key.Sign(digest)));
        });
    }

    private static BigInteger R(ReadOnlySpan<byte> signature) => new(signature[..32], isUnsigned: true, isBigEndian: true);

    private static BigInteger S(ReadOnlySpan<byte> signature) => new(signature[32..], isUnsigned: true, isBigEndian: true);

    private static byte[] With(byte[] signature, BigInteger s) => With(signature, R(signature), s);

    private static byte[] With(byte[] signature, BigInteger r, BigInteger s)
    {
        byte[] made = new byte[signature.Length];
        foreach ((BigInteger number, int end) in ((BigInteger, int)[])[(r, 32), (s, 64)])
        {
            byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            bytes.CopyTo(made, end - bytes.Length);
        }

        return made;
    }
}
