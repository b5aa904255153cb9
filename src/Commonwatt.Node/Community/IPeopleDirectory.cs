using Commonwatt.Node.Community.Invoices;

namespace Commonwatt.Node.Community;

/// <summary>Who members are beside the ledger, for those who may know: the manager, and each for himself.</summary>
internal interface IPeopleDirectory
{
    /// <summary>A member's name, or null where none is known or it was erased.</summary>
    string? NameOf(long memberNumber);

    /// <summary>The address that stands on a member's invoices, line by line, or null.</summary>
    string? PostalAddressOf(long memberNumber);

    /// <summary>Every name that is known, by member number.</summary>
    IReadOnlyDictionary<long, string> Names();

    /// <summary>The time zone that one of a member's months begins in (IANA, such as <c>Europe/Lisbon</c>), or null for the community's. Never changes for a month that has begun.</summary>
    string? TimeZoneOf(long memberNumber, BillingMonth month) => null;
}

/// <summary>A community of whose people nothing is known.</summary>
internal sealed class NobodyKnown : IPeopleDirectory
{
    /// <inheritdoc/>
    public string? NameOf(long memberNumber) => null;

    /// <inheritdoc/>
    public string? PostalAddressOf(long memberNumber) => null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, string> Names() => new Dictionary<long, string>();
}
