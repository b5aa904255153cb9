using System.Buffers.Text;
using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Commonwatt.Node.People;

/// <summary>Passkeys in the database, as ASP.NET Core Identity asks for them. Of an attestation nothing is kept: which device somebody uses is nobody's business.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="people">The people.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PasskeyStore(Database database, PeopleStore people, TimeProvider clock) : IUserPasskeyStore<Person>
{
    private const string Columns = "id, person, name, public_key AS PublicKey, sign_count AS SignCount, transports, is_backup_eligible AS IsBackupEligible, is_backed_up AS IsBackedUp, created, used";

    /// <summary>Somebody's passkeys, the oldest first.</summary>
    public IReadOnlyList<PasskeyRow> Of(string personId)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<PasskeyRow>($"SELECT {Columns} FROM passkeys WHERE person = @personId ORDER BY created, id", new { personId })];
    }

    /// <summary>Adds a passkey.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, string personId, UserPasskeyInfo passkey, string name, long now) =>
        connection.Execute(
            """
            INSERT INTO passkeys (id, person, name, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created, used)
            VALUES (@id, @personId, @name, @key, @count, @transports, @eligible, @backedUp, @now, @now)
            """,
            new
            {
                id = Base64Url.EncodeToString(passkey.CredentialId),
                personId,
                name,
                key = passkey.PublicKey,
                count = (long)passkey.SignCount,
                transports = string.Join(',', passkey.Transports ?? []),
                eligible = passkey.IsBackupEligible ? 1 : 0,
                backedUp = passkey.IsBackedUp ? 1 : 0,
                now,
            },
            transaction);

    /// <summary>Adds a passkey.</summary>
    public void Add(string personId, UserPasskeyInfo passkey, string name)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        Add(connection, transaction, personId, passkey, name, clock.Now());
        transaction.Commit();
    }

    /// <summary>Removes a passkey of somebody's.</summary>
    /// <returns>False where he has no such.</returns>
    public bool Remove(string personId, string id)
    {
        using DbConnection connection = database.Open();
        return connection.Execute("DELETE FROM passkeys WHERE id = @id AND person = @personId", new { id, personId }) == 1;
    }

    /// <summary>Notes that a passkey was used.</summary>
    /// <returns>False where its counter is not above the one that stands there: somebody was faster with the same answer, or with a copy of the device.</returns>
    public bool HasUsed(UserPasskeyInfo passkey)
    {
        using DbConnection connection = database.Open();
        return connection.Execute(
            "UPDATE passkeys SET sign_count = @count, is_backed_up = @backedUp, used = @now WHERE id = @id AND (sign_count < @count OR (sign_count = 0 AND @count = 0))",
            new { id = Base64Url.EncodeToString(passkey.CredentialId), count = (long)passkey.SignCount, backedUp = passkey.IsBackedUp ? 1 : 0, now = clock.Now() }) == 1;
    }

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Passkeys are added with the account, and counted by themselves.");

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. Of(user.Id).Select(row => row.ToInfo())]);

    /// <inheritdoc/>
    public Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        using DbConnection connection = database.Open();
        string? person = connection.ExecuteScalar<string?>("SELECT person FROM passkeys WHERE id = @id", new { id = Base64Url.EncodeToString(credentialId) });
        return Task.FromResult(person is null ? null : people.Find(person));
    }

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        using DbConnection connection = database.Open();
        PasskeyRow? row = connection.QuerySingleOrDefault<PasskeyRow>(
            $"SELECT {Columns} FROM passkeys WHERE id = @id AND person = @person",
            new { id = Base64Url.EncodeToString(credentialId), person = user.Id });
        return Task.FromResult(row?.ToInfo());
    }

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        Remove(user.Id, Base64Url.EncodeToString(credentialId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(people.Find(userId));

    /// <inheritdoc/>
    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<Person?>(null);

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The database outlives it.
    }

    private static NotSupportedException Elsewhere() => new("Accounts are made and changed by PeopleStore alone.");
}

/// <summary>A passkey as the database has it.</summary>
internal sealed class PasskeyRow
{
    /// <summary>The credential's id in base64url.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Person { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The public key (COSE).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The authenticator's counter.</summary>
    public long SignCount { get; init; }

    /// <summary>How a browser may reach it, separated by commas.</summary>
    public required string Transports { get; init; }

    /// <summary>Whether it may be copied to other devices of its owner.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>Whether it was.</summary>
    public bool IsBackedUp { get; init; }

    /// <summary>When it was added.</summary>
    public long Created { get; init; }

    /// <summary>When it was last used.</summary>
    public long Used { get; init; }

    /// <summary>The form that Identity works with.</summary>
    public UserPasskeyInfo ToInfo() => new(
        Base64Url.DecodeFromChars(Id),
        PublicKey,
        DateTimeOffset.FromUnixTimeMilliseconds(Created),
        (uint)SignCount,
        Transports.Length == 0 ? null : Transports.Split(','),
        isUserVerified: true,
        IsBackupEligible,
        IsBackedUp,
        attestationObject: [],
        clientDataJson: [])
    {
        Name = Name,
    };
}
