using System.Security.Claims;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;

namespace Commonwatt.Node.People;

/// <summary>What people see of their own accounts.</summary>
/// <param name="people">The people.</param>
/// <param name="passkeys">Their passkeys.</param>
/// <param name="numbers">The members' numbers on the ledger.</param>
/// <param name="settings">What the community decided.</param>
internal sealed class Accounts(PeopleStore people, PasskeyStore passkeys, IMemberNumbers numbers, PeopleSettings settings)
{
    /// <summary>Whether whoever sent a request is signed in, and who he is.</summary>
    public SessionAnswer SessionOf(ClaimsPrincipal sender) => SessionOf(Claims.PersonOf(sender));

    /// <summary>Somebody's session.</summary>
    /// <param name="personId">Who is signed in, or null.</param>
    public SessionAnswer SessionOf(string? personId)
    {
        PersonAnswer? person = personId is null ? null : Of(personId);
        return new SessionAnswer(person is not null, person, settings.IsDemo);
    }

    /// <summary>Somebody's account, or null where he was erased.</summary>
    public PersonAnswer? Of(string personId)
    {
        if (people.Find(personId) is not { } person)
        {
            return null;
        }

        return new PersonAnswer(
            person.Id,
            person.Name,
            people.RolesOf(person.Id),
            person.Address,
            NumberOf(person.Address),
            person.Language,
            person.TimeZone,
            HasPasskey: passkeys.Of(person.Id).Count > 0,
            HasPassword: person.PasswordHash is not null,
            person.Email);
    }

    /// <summary>The number of the member with an address as it is printed, or null.</summary>
    public int? NumberOf(string? printed) => Address.TryParse(printed, out Address address) ? numbers.NumberOf(address) : null;
}
