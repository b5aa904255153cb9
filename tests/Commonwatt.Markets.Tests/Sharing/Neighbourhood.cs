using Commonwatt.Markets.Sharing;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests.Sharing;

/// <summary>Members with a surplus or a deficit, at random.</summary>
internal static class Neighbourhood
{
    public static Gen<NetDemand[]> Random { get; } =
        from count in Gen.Choose(0, 9)
        from nets in Gen.ArrayOf(Gen.Choose(-20, 20), count)
        from members in Gen.Shuffle(nets.Select((net, index) => new NetDemand(new MemberId(index + 1), new Energy(net))).ToArray())
        select members;

    public static long Surplus(NetDemand[] members) => members.Sum(member => long.Max(0, -member.Net.WattHours));

    public static long Deficit(NetDemand[] members) => members.Sum(member => long.Max(0, member.Net.WattHours));

    public static void CheckLimits(NetDemand[] members, IReadOnlyList<MemberTrade> trades)
    {
        foreach (NetDemand member in members)
        {
            long bought = trades.Where(trade => trade.Buyer == member.Member).Sum(trade => trade.Quantity.WattHours);
            long sold = trades.Where(trade => trade.Seller == member.Member).Sum(trade => trade.Quantity.WattHours);
            Assert.InRange(bought, 0, long.Max(0, member.Net.WattHours));
            Assert.InRange(sold, 0, long.Max(0, -member.Net.WattHours));
        }
    }
}
