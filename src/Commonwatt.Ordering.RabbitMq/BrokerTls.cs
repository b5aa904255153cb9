using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>How connections to the broker are encrypted (TLS 1.2 or later), and how both sides are known.</summary>
public sealed record BrokerTls
{
    /// <summary>The name that the broker's certificate must bear; null for the endpoint's host.</summary>
    public string? ServerName { get; init; }

    /// <summary>A file of certificates (PEM) of the authorities that are trusted, and no others; null for those of the machine.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>A file with the certificate (PEM) that this node shows; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The file with that certificate's private key (PEM, not encrypted).</summary>
    public string? KeyFile { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (CertificateFile is null != KeyFile is null)
        {
            yield return "A certificate to show to the broker needs both its file and the file of its key.";
        }

        foreach (string missing in new[] { AuthorityFile, CertificateFile, KeyFile }.OfType<string>().Where(file => !File.Exists(file)))
        {
            yield return $"The file {missing}, named for TLS, does not exist.";
        }
    }

    /// <summary>What the client library is to do for a host.</summary>
    /// <exception cref="CryptographicException">A file holds no certificate or key.</exception>
    internal SslOption For(string host)
    {
        var option = new SslOption
        {
            Enabled = true,
            ServerName = ServerName ?? host,
            Version = System.Security.Authentication.SslProtocols.None,
        };
        if (AuthorityFile is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(AuthorityFile);
            option.CertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(authorities, certificate, chain, errors);
        }

        if (CertificateFile is not null)
        {
            option.Certs = [X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile)];
        }

        return option;
    }

    // That the machine does not know the authority is no error here, every other one is.
    private static bool IsTrusted(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // An own authority seldom publishes a list of what it revoked; whoever has such a list ends the account.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (X509ChainElement element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
