using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Commonwatt.Node.People;

/// <summary>Hashes passwords and keeps the secrets of authenticator apps. Hashing is slow on purpose, so only a few are hashed at a time and only some wait.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MostWaiting = 32;

    private readonly PasswordHasher<Person> hasher;
    private readonly IDataProtector protector;
    private readonly ConcurrencyLimiter limiter;
    private readonly Person nobody = new() { Id = "", Name = "" };
    private readonly string decoyHash;
    private readonly string decoySecret;

    /// <summary>Hashes with the iterations that the community decided.</summary>
    /// <param name="settings">What the community decided.</param>
    /// <param name="protection">The keys in the node's folder.</param>
    public Passwords(PeopleSettings settings, IDataProtectionProvider protection)
    {
        hasher = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordIterations }));
        protector = protection.CreateProtector("Commonwatt.People.Totp.v1");
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
            QueueLimit = MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        decoyHash = hasher.HashPassword(nobody, SecretToken.New());
        decoySecret = Protect(Totp.NewSecret());
    }

    /// <summary>A password as it is kept, or null where too many wait.</summary>
    public async Task<string?> HashAsync(string password, CancellationToken cancel)
    {
        using RateLimitLease lease = await limiter.AcquireAsync(1, cancel);
        return lease.IsAcquired ? await Task.Run(() => hasher.HashPassword(nobody, password), cancel) : null;
    }

    /// <summary>Whether a password is right; null where too many wait. It takes as long for somebody unknown.</summary>
    /// <param name="hash">The password as it is kept, or null for somebody who has none.</param>
    /// <param name="password">The password that was given.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<bool?> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        using RateLimitLease lease = await limiter.AcquireAsync(1, cancel);
        if (!lease.IsAcquired)
        {
            return null;
        }

        PasswordVerificationResult result = await Task.Run(() => hasher.VerifyHashedPassword(nobody, hash ?? decoyHash, password), cancel);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>The step whose code this is, or null. It takes as long for somebody unknown.</summary>
    /// <param name="protectedSecret">The secret as it is kept, or null for somebody who has none.</param>
    /// <param name="code">The code that was given.</param>
    /// <param name="now">The time.</param>
    public long? FindStep(string? protectedSecret, string? code, DateTimeOffset now)
    {
        try
        {
            long? step = Totp.FindStep(protector.Unprotect(protectedSecret ?? decoySecret), code, now);
            return protectedSecret is null ? null : step;
        }
        catch (CryptographicException)
        {
            // The keys in the node's folder are lost, or not those of this database: no code fits any more.
            return null;
        }
    }

    /// <summary>A secret as it is kept: a copy of the database alone does not tell it.</summary>
    public string Protect(string secret) => protector.Protect(secret);

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
