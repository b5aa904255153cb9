using Commonwatt.Node.Community.Requests;
using NodaTime;

namespace Commonwatt.Node.Community;

/// <summary>What is known of a community beside its ledger: what it is called here, where it is, and how fast its clock runs.</summary>
internal sealed record CommunityFacts
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The ledger's id, as it is printed.</summary>
    public required string LedgerId { get; init; }

    /// <summary>Its time zone: days and months begin there.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>Its currency, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The community's clock, which the ledger runs by.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>How many seconds of the community pass in one: 1, or more where the clock is a demonstration's.</summary>
    public Func<double> Speed { get; init; } = () => 1;

    /// <summary>The community's time.</summary>
    public Instant Now => Instant.From(Clock.GetUtcNow());

    /// <summary>Its calendar.</summary>
    public LocalCalendar Calendar => new(TimeZone);
}
