using Commonwatt.Contracts.Registry;
using Commonwatt.Markets.Sharing;

namespace Commonwatt.Contracts.Market;

/// <summary>The sharing keys that a community's members make.</summary>
internal static class SharingKeys
{
    /// <summary>The key with a name: <c>dynamic</c>, <c>static</c> by the members' weights, or <c>tiered</c>: tier by tier, by weight within each.</summary>
    public static SharingKey For(string name, IReadOnlyList<KeyValuePair<MemberNumber, Member>> members) => name switch
    {
        "static" => Weighted(members),
        "tiered" => new TieredKey([.. members.GroupBy(member => member.Value.SharingTier).OrderBy(tier => tier.Key).Select(Weighted)]),
        _ => new DynamicKey(),
    };

    private static StaticKey Weighted(IEnumerable<KeyValuePair<MemberNumber, Member>> members) =>
        new(members.ToDictionary(member => member.Key.Id, member => member.Value.SharingWeight));
}
