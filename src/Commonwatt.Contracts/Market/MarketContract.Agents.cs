using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Google.Protobuf;

namespace Commonwatt.Contracts.Market;

/// <content>An agent acts for a member, as far as the member's mandate goes. The order, its money and its trades are the member's.</content>
public sealed partial class MarketContract
{
    private Outcome FindTrader(CallContext context, ByteString forMember, out Trader trader)
    {
        Address address = forMember.IsEmpty ? context.Sender : Addresses.From(forMember);
        trader = default;
        if (!registry.TryFindMember(context, address, out MemberId id, out Member member))
        {
            return NoMember(address);
        }

        trader = new Trader(id, member, forMember.IsEmpty ? Address.Nobody : context.Sender);
        return trader.IsAgent ? mandates.CheckAgent(context, id, address) : Outcome.Done;
    }

    private Outcome CountForMandate(CallContext context, in Trader trader, OrderRequest request, in PlacedOrder before)
    {
        if (!request.IsNew && ReleaseFromMandate(context, trader, request.KeyOf(trader.Id), before) is { IsDone: false } own)
        {
            return own;
        }

        return trader.IsAgent
            ? mandates.Use(context, trader.Id, request.Delivery, request.Side, request.LimitPrice, request.Quantity)
            : Outcome.Done;
    }

    // What the member placed himself is not his agent's to touch; what his agent placed is his to change.
    private Outcome ReleaseFromMandate(CallContext context, in Trader trader, OrderKey key, in PlacedOrder order)
    {
        if (order.Agent != Address.Nobody)
        {
            mandates.GiveBack(context, trader.Id, key.Delivery, order.Quantity);
            return Outcome.Done;
        }

        return trader.IsAgent
            ? Outcome.Refused("not-the-agents", $"{trader.Member.Address} placed the order {key.Label} himself: his agent leaves it as it is.")
            : Outcome.Done;
    }

    private static Outcome NoMember(Address address) =>
        Outcome.Refused("not-a-member", $"Orders are for members who are not suspended: {address} is none.");

    /// <summary>Whose order it is, and who acts.</summary>
    /// <param name="Id">The member's number.</param>
    /// <param name="Member">The member.</param>
    /// <param name="Agent">Who acts for him; nobody where he does himself.</param>
    private readonly record struct Trader(MemberId Id, Member Member, Address Agent)
    {
        public bool IsAgent => Agent != Address.Nobody;
    }
}
