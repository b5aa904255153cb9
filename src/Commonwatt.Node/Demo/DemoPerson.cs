using Commonwatt.Ledger.Keys;
using Commonwatt.Simulation.Running;

namespace Commonwatt.Node.Demo;

/// <summary>Somebody whom whoever looks at the demo may be.</summary>
/// <param name="Id">A short name that stays the same, such as <c>manager</c>.</param>
/// <param name="Name">The name people read.</param>
/// <param name="Roles">What the person may see: <c>member</c>, <c>manager</c>, <c>dso</c>.</param>
/// <param name="Home">What the person's home is, in a few words, or what the person does.</param>
/// <param name="Key">The person's key on the ledger.</param>
/// <param name="HomeId">The home the person lives in, or null.</param>
internal sealed record DemoPerson(string Id, string Name, IReadOnlyList<string> Roles, string Home, SigningKey Key, string? HomeId = null)
{
    /// <summary>The people of a demo: a manager, a member with panels and a battery, one in a flat, and somebody of the grid operator.</summary>
    /// <param name="homes">The street's homes.</param>
    /// <param name="keys">Their keys.</param>
    public static IReadOnlyList<DemoPerson> All(IReadOnlyList<DemoHome> homes, CommunityKeys keys)
    {
        var people = new List<DemoPerson> { new("manager", "Marta Vieira", ["manager"], "runs the community", keys.Manager()) };
        AddMember(people, "sofia", "Sofia", HomeKind.Battery, "a house with panels and a battery", homes, keys);
        AddMember(people, "tiago", "Tiago", HomeKind.Flat, "a flat without panels", homes, keys);
        people.Add(new DemoPerson("grid", "Rui Matos", ["dso"], "the grid operator's control room", keys.GridOperator()));
        return people;
    }

    /// <summary>The homes that some of these people live in: the node's agent bids for them, and whoever signs in as one of them.</summary>
    public static HashSet<string> HomesOf(IEnumerable<DemoPerson> people) => people.Select(person => person.HomeId).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private static void AddMember(List<DemoPerson> people, string id, string firstName, HomeKind kind, string home, IReadOnlyList<DemoHome> homes, CommunityKeys keys)
    {
        if (homes.FirstOrDefault(each => each.Kind == kind) is { } found)
        {
            people.Add(new DemoPerson(id, $"{firstName} {found.Name.Split(' ')[1]}", ["member"], home, keys.Member(found.Id), found.Id));
        }
    }
}
