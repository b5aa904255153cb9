using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.Community.Invoices;

namespace Commonwatt.Node.People;

/// <summary>Members' names and time zones by their numbers on the ledger.</summary>
/// <param name="people">The people.</param>
/// <param name="numbers">The members' numbers.</param>
/// <param name="freshness">Says whether what was read is still so.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PeopleDirectory(PeopleStore people, IMemberNumbers numbers, Freshness freshness, TimeProvider clock) : IPeopleDirectory
{
    // Somebody may be registered on the ledger at any moment, which changes nothing here.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private volatile Known known = new([], Array.Empty<PeopleStore.MonthsZone>().ToLookup(_ => 0L), Changes: -1, ReadAt: 0);

    /// <inheritdoc/>
    public string? NameOf(long memberNumber) => Current().TryGetValue(memberNumber, out Person? person) ? person.Name : null;

    /// <inheritdoc/>
    public string? PostalAddressOf(long memberNumber) => null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, string> Names() => Current().ToDictionary(pair => pair.Key, pair => pair.Value.Name);

    /// <inheritdoc/>
    public string? TimeZoneOf(long memberNumber, BillingMonth month) =>
        Read().Zones[memberNumber].LastOrDefault(one => one.FromMonth <= month.Number) is { Zone.Length: > 0 } zone ? zone.Zone : null;

    private Dictionary<long, Person> Current() => Read().Members;

    private Known Read()
    {
        Known found = known;
        if (found.Changes == freshness.Changes && clock.Now() - found.ReadAt < Remembered.TotalMilliseconds)
        {
            return found;
        }

        long changes = freshness.Changes;
        var members = new Dictionary<long, Person>();
        foreach (Person person in people.WithAddress())
        {
            if (Address.TryParse(person.Address, out Address address) && numbers.NumberOf(address) is { } number)
            {
                members[number] = person;
            }
        }

        ILookup<long, PeopleStore.MonthsZone> zones = people.Zones()
            .Select(zone => (Zone: zone, Number: Address.TryParse(zone.Address, out Address address) ? numbers.NumberOf(address) : null))
            .Where(pair => pair.Number is not null)
            .ToLookup(pair => (long)pair.Number!.Value, pair => pair.Zone);
        return known = new Known(members, zones, changes, clock.Now());
    }

    private sealed record Known(Dictionary<long, Person> Members, ILookup<long, PeopleStore.MonthsZone> Zones, long Changes, long ReadAt);
}
