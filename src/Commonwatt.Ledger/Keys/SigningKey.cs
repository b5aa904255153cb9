using System.Security.Cryptography;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Keys;

/// <summary>A private key on the curve P-256.</summary>
/// <remarks>Several threads may sign with one instance: it takes them one after the other.</remarks>
public sealed class SigningKey : IDisposable
{
    // SEC 2's name for the curve P-256.
    private const string CurveOid = "1.2.840.10045.3.1.7";

    private readonly ECDsa key;
    private readonly Lock gate = new();

    private SigningKey(ECDsa key)
    {
        this.key = key;
        PublicKey = PublicKey.FromPoint(key.ExportParameters(includePrivateParameters: false).Q);
        Address = Address.Of(PublicKey);
    }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The address of the holder.</summary>
    public Address Address { get; }

    /// <summary>A new key from the system's randomness.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The key of a seed, the same each time: for tests and simulations, whose keys guard nothing.</summary>
    /// <param name="seed">Any text.</param>
    public static SigningKey FromSeed(string seed)
    {
        // A digest is a valid private key but for a chance of one in 2^32 that it exceeds the order; then the next one serves.
        for (byte attempt = 0; ; attempt++)
        {
            byte[] scalar = Hash.Of($"commonwatt/seed/{attempt}", System.Text.Encoding.UTF8.GetBytes(seed)).ToArray();
            try
            {
                return FromScalar(scalar);
            }
            catch (CryptographicException) when (attempt < byte.MaxValue)
            {
                continue;
            }
        }
    }

    /// <summary>Reads a private key in PEM (PKCS #8 or SEC 1).</summary>
    /// <exception cref="ArgumentException">The text is no private key, or not one on P-256.</exception>
    public static SigningKey FromPem(string pem)
    {
        ECDsa imported = Import(pem);
        ECCurve curve = imported.ExportParameters(includePrivateParameters: false).Curve;
        if (!string.Equals(curve.Oid?.Value, CurveOid, StringComparison.Ordinal))
        {
            imported.Dispose();
            throw new ArgumentException($"A key on the curve P-256 is needed, this one is on {curve.Oid?.FriendlyName ?? "another"}.", nameof(pem));
        }

        return new SigningKey(imported);
    }

    /// <summary>The private key in PEM (PKCS #8).</summary>
    public string ToPem() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>A signature over a digest: 64 bytes, s in the lower half.</summary>
    public byte[] Sign(Hash digest)
    {
        byte[] signature;
        lock (gate)
        {
            signature = key.SignHash(digest.ToArray());
        }

        Signature.MakeCanonical(signature);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static ECDsa Import(string pem)
    {
        var imported = ECDsa.Create();
        try
        {
            imported.ImportFromPem(pem);
            // A public key alone is imported too, but cannot be exported with the private half it lacks.
            imported.ExportParameters(includePrivateParameters: true);
            return imported;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            imported.Dispose();
            throw new ArgumentException("The text is not a private key in PEM.", nameof(pem), exception);
        }
    }

    private static SigningKey FromScalar(byte[] scalar) =>
        new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar }));
}
