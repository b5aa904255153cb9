using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;

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

    private volatile Known known = new([], Changes: -1, ReadAt: 0);

    /// <inheritdoc/>
    public string? NameOf(long memberNumber) => Current().TryGetValue(memberNumber, out Person? person) ? person.Name : null;

    /// <inheritdoc/>
    public string? PostalAddressOf(long memberNumber) => null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, string> Names() => Current().ToDictionary(pair => pair.Key, pair => pair.Value.Name);

    /// <inheritdoc/>
    public string? TimeZoneOf(long memberNumber) => Current().TryGetValue(memberNumber, out Person? person) ? person.TimeZone : null;

    private Dictionary<long, Person> Current()
    {
        Known found = known;
        if (found.Changes == freshness.Changes && clock.Now() - found.ReadAt < Remembered.TotalMilliseconds)
        {
            return found.Members;
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

        known = new Known(members, changes, clock.Now());
        return members;
    }

    private sealed record Known(Dictionary<long, Person> Members, long Changes, long ReadAt);
}
