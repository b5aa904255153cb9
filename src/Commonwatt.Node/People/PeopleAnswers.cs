using System.Text.Json;

namespace Commonwatt.Node.People;

/// <summary>Whether somebody is signed in, and who.</summary>
internal sealed record SessionAnswer(bool SignedIn, PersonAnswer? Person, bool Demo);

/// <summary>Somebody's account as he sees it himself.</summary>
internal sealed record PersonAnswer(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    string? Address,
    int? MemberNumber,
    string Language,
    string? TimeZone,
    bool HasPasskey,
    bool HasPassword,
    string? Email);

/// <summary>One page of a list.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="Next">Where the next page begins, or null on the last.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>One of somebody's sessions.</summary>
internal sealed record SessionItem(string Id, string Device, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt, bool Current);

/// <summary>One of somebody's passkeys.</summary>
internal sealed record PasskeyItem(string Id, string Name, DateTime CreatedAt, DateTime LastUsedAt, bool BackedUp);

/// <summary>An invitation that was just made: its link is shown this once.</summary>
internal sealed record InvitationMade(string Id, string Link, DateTime ExpiresAt);

/// <summary>An invitation in the manager's list. Its state is <c>open</c>, <c>accepted</c>, <c>withdrawn</c> or <c>expired</c>.</summary>
internal sealed record InvitationItem(string Id, string Name, string? Email, IReadOnlyList<string> Roles, DateTime CreatedAt, DateTime ExpiresAt, string State, string? PersonId);

/// <summary>What a link invites to.</summary>
internal sealed record InvitationAnswer(string Community, string Name, IReadOnlyList<string> Roles, DateTime ExpiresAt, string Language);

/// <summary>What is to be signed with a key to bind it.</summary>
internal sealed record KeyChallenge(string Challenge);

/// <summary>Somebody whom the manager can register on the ledger.</summary>
internal sealed record Admission(string PersonId, string Name, string Address, string? PublicKey, long? ConnectionW, JsonElement Assets, long? CreditLine, string? Meter);

/// <summary>Somebody in the manager's list.</summary>
internal sealed record PersonItem(string Id, string Name, IReadOnlyList<string> Roles, string? Address, int? MemberNumber, DateTime CreatedAt);

/// <summary>A machine client in the manager's list.</summary>
internal sealed record ClientItem(string Id, string Name, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? LastUsedAt);

/// <summary>A machine client that was just made: its secret is shown this once.</summary>
internal sealed record ClientMade(string Id, string Secret, IReadOnlyList<string> Scopes);
