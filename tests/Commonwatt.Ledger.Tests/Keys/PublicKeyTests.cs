namespace Commonwatt.Ledger.Tests.Keys;

public class PublicKeyTests
{
    [Fact]
    public void A_key_is_read_as_it_is_written()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            using SigningKey key = SigningKey.FromSeed($"{seed}");
            PublicKey read = PublicKey.FromCompressed(key.PublicKey.Compressed);
            Assert.Equal(key.PublicKey, read);
            Assert.Equal(key.Address, Address.Of(read));
            Assert.True(read.Verify(Hash.Zero, key.Sign(Hash.Zero)));
        }
    }

    [Theory]
    // G, the curve's base point, and -G (FIPS 186-4, D.1.2.3): both are keys.
    [InlineData("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", true)]
    [InlineData("026b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", true)]
    // x = 0 is on the curve, x = 1 is not.
    [InlineData("020000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000001", false)]
    // x = p, and p + 5, whose remainder 5 is on the curve.
    [InlineData("02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", false)]
    [InlineData("02ffffffff00000001000000000000000000000001000000000000000000000004", false)]
    [InlineData("02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false)]
    // Other prefixes: uncompressed, hybrid, none.
    [InlineData("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", false)]
    [InlineData("066b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", false)]
    [InlineData("006b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", false)]
    [InlineData("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", false)]
    [InlineData("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29600", false)]
    [InlineData("00", false)]
    [InlineData("", false)]
    public void Only_a_point_of_the_curve_in_compressed_form_is_a_key(string bytes, bool isKey)
    {
        byte[] compressed = Convert.FromHexString(bytes);
        for (int again = 0; again < 2; again++)
        {
            if (isKey)
            {
                Assert.Equal(bytes, PublicKey.FromCompressed(compressed).ToString());
            }
            else
            {
                Assert.Throws<MalformedBytesException>(() => PublicKey.FromCompressed(compressed));
            }
        }
    }

    [Fact]
    public void The_key_of_a_seed_is_the_same_each_time()
    {
        Assert.Equal(SampleLedger.Alice.PublicKey, SigningKey.FromSeed("alice").PublicKey);
        Assert.NotEqual(SampleLedger.Alice.PublicKey, SampleLedger.Bob.PublicKey);
    }

    [Fact]
    public void More_keys_than_are_remembered_are_read_and_verified_with()
    {
        Hash digest = Hash.Of("x"u8);
        byte[] signature = SampleLedger.Alice.Sign(digest);
        var random = new Random(1);
        byte[] bytes = new byte[PublicKey.Size];
        for (int read = 0; read < 5000;)
        {
            random.NextBytes(bytes);
            bytes[0] = 2;
            if (Record.Exception(() => PublicKey.FromCompressed(bytes)) is null)
            {
                read++;
            }
        }

        Assert.True(PublicKey.FromCompressed(SampleLedger.Alice.PublicKey.Compressed).Verify(digest, signature));
    }

    [Fact]
    public void A_private_key_is_read_from_the_PEM_it_was_written_to()
    {
        using SigningKey made = SigningKey.Create();
        using SigningKey read = SigningKey.FromPem(made.ToPem());
        Assert.Equal(made.PublicKey, read.PublicKey);
        Assert.True(made.PublicKey.Verify(Hash.Zero, read.Sign(Hash.Zero)));
    }

    [Fact]
    public void What_is_no_private_key_on_P_256_is_refused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        using var publicOnly = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Assert.Contains("P-256", Assert.Throws<ArgumentException>(() => SigningKey.FromPem(other.ExportPkcs8PrivateKeyPem())).Message, StringComparison.Ordinal);
        Assert.Contains("not a private key", Assert.Throws<ArgumentException>(() => SigningKey.FromPem(publicOnly.ExportSubjectPublicKeyInfoPem())).Message, StringComparison.Ordinal);
        Assert.Contains("not a private key", Assert.Throws<ArgumentException>(() => SigningKey.FromPem("hello")).Message, StringComparison.Ordinal);
    }
}
