namespace Commonwatt.Node.Community;

/// <summary>What the community's pages need to know of people: no personal data is on the ledger, and the tables made from it know members by number alone.</summary>
internal interface IPeopleDirectory
{
    /// <summary>A member's name, or null where nobody with an account has this number, or his data was erased.</summary>
    string? NameOf(long member);

    /// <summary>The time zone a member's months are counted in (IANA, such as <c>Europe/Lisbon</c>), or null for the community's.</summary>
    string? TimeZoneOf(long member);
}

/// <summary>A community of which no names are known.</summary>
internal sealed class NobodyKnown : IPeopleDirectory
{
    /// <inheritdoc/>
    public string? NameOf(long member) => null;

    /// <inheritdoc/>
    public string? TimeZoneOf(long member) => null;
}
