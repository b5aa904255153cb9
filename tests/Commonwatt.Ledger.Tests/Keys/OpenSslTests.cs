using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Asn1;
using System.Numerics;

namespace Commonwatt.Ledger.Tests.Keys;

/// <summary>The openssl program verifies what is signed here, and what it signs is verified here.</summary>
public sealed class OpenSslTests : IDisposable
{
    // A SubjectPublicKeyInfo (RFC 5480) of a compressed key on prime256v1, up to the key.
    private const string KeyInfo = "3039301306072a8648ce3d020106082a8648ce3d030107032200";

    private readonly string folder = Directory.CreateTempSubdirectory("commonwatt-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void OpenSSL_verifies_a_signature_made_here()
    {
        using SigningKey key = SigningKey.Create();
        byte[] info = [.. Convert.FromHexString(KeyInfo), .. key.PublicKey.Compressed];
        File.WriteAllText(At("public.pem"), new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", info)));
        for (int message = 0; message < 5; message++)
        {
            byte[] bytes = Enumerable.Repeat((byte)message, message * 40).ToArray();
            File.WriteAllBytes(At("message"), bytes);
            File.WriteAllBytes(At("signature"), ToDer(key.Sign(Hash.Of(bytes))));
            Assert.Equal("Verified OK", OpenSsl("dgst", "-sha256", "-verify", At("public.pem"), "-signature", At("signature"), At("message")));
        }
    }

    [Fact]
    public void A_signature_made_by_OpenSSL_is_verified_here_once_its_s_is_in_the_lower_half()
    {
        OpenSsl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", At("key.pem"));
        using SigningKey key = SigningKey.FromPem(File.ReadAllText(At("key.pem")));
        int inUpperHalf = 0;
        for (int message = 0; message < 12; message++)
        {
            byte[] bytes = Enumerable.Repeat((byte)message, message * 40).ToArray();
            File.WriteAllBytes(At("message"), bytes);
            OpenSsl("dgst", "-sha256", "-sign", At("key.pem"), "-out", At("signature"), At("message"));
            byte[] signature = FromDer(File.ReadAllBytes(At("signature")));
            Assert.Equal(Signature.IsCanonical(signature), key.PublicKey.Verify(Hash.Of(bytes), signature));
            inUpperHalf += Signature.IsCanonical(signature) ? 0 : 1;
            Signature.MakeCanonical(signature);
            Assert.True(key.PublicKey.Verify(Hash.Of(bytes), signature));
        }

        Assert.InRange(inUpperHalf, 0, 12);
    }

    [Fact]
    public void A_key_of_another_curve_with_256_bits_is_refused()
    {
        OpenSsl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-out", At("key.pem"));
        ArgumentException refused = Assert.Throws<ArgumentException>(() => SigningKey.FromPem(File.ReadAllText(At("key.pem"))));
        Assert.Contains("P-256", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] ToDer(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static byte[] FromDer(byte[] der)
    {
        byte[] signature = new byte[Signature.Size];
        AsnReader reader = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        foreach (int end in (int[])[32, 64])
        {
            byte[] number = reader.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
            number.CopyTo(signature, end - number.Length);
        }

        return signature;
    }

    private static string OpenSsl(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            string said = process.StandardOutput.ReadToEnd().Trim();
            string complained = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, complained);
            return said;
        }
        catch (Win32Exception)
        {
            Assert.Skip("The program openssl is not installed here.");
            throw;
        }
    }

    private string At(string name) => Path.Combine(folder, name);
}
