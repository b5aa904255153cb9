namespace Commonwatt.Node.People;

/// <summary>Somebody with an account, as the database has him.</summary>
internal sealed class Person
{
    /// <summary>Names him towards everybody; random, and never given again.</summary>
    public required string Id { get; init; }

    /// <summary>What he is called.</summary>
    public required string Name { get; init; }

    /// <summary>Where he reads mail, where he signs in with a password; else null.</summary>
    public string? Email { get; init; }

    /// <summary>His language: <c>en</c>, <c>pt</c> or <c>de</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>His time zone where it is not the community's, such as <c>Europe/Lisbon</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>His password as it was hashed, or null.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The secret of his authenticator app, protected, or null.</summary>
    public string? TotpSecret { get; init; }

    /// <summary>His address on the ledger, once he has proved to hold its key.</summary>
    public string? Address { get; init; }

    /// <summary>His public key in hexadecimal, 33 bytes, or null.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The grid connection that his invitation named, in W; or null.</summary>
    public long? ConnectionW { get; init; }

    /// <summary>The credit line that his invitation named, in millionths of the currency; or null.</summary>
    public long? CreditLine { get; init; }

    /// <summary>The assets that his invitation named, in JSON; or null.</summary>
    public string? Assets { get; init; }

    /// <summary>The address of the meter that his invitation named, or null.</summary>
    public string? Meter { get; init; }

    /// <summary>When the account was made, in milliseconds since 1970.</summary>
    public long Created { get; init; }
}

/// <summary>An asset as an invitation names it, for the manager to register.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">Which kind, in the ledger's words.</param>
/// <param name="PowerW">Its power in W.</param>
internal sealed record PlannedAsset(string? Name, string? Kind, long PowerW);

/// <summary>What a new member is to be registered with.</summary>
/// <param name="ConnectionW">The grid connection in W, or null.</param>
/// <param name="CreditLine">The credit line in millionths of the currency, or null.</param>
/// <param name="Assets">The assets in JSON, or null.</param>
/// <param name="Meter">The meter's address, or null.</param>
internal sealed record PlannedHome(long? ConnectionW, long? CreditLine, string? Assets, string? Meter)
{
    /// <summary>Nothing is planned.</summary>
    public static readonly PlannedHome None = new(null, null, null, null);
}
