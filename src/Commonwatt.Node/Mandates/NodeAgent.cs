using Commonwatt.Agents;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Markets;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Readings;
using Google.Protobuf;

namespace Commonwatt.Node.Mandates;

/// <summary>Bids for the members who gave this node's agent a mandate: at each listing's opening, and again as its gate nears, the last time with the newest readings.</summary>
/// <remarks>
/// Where a member has placed an order himself, the agent leaves the listing to him; and an order of the agent's that he withdrew is not placed again. The ledger refuses whatever goes beyond a
/// mandate, so that nobody has to trust this code.
/// </remarks>
internal sealed class NodeAgent(ICommunityLedger ledger, ReadingStore readings, SigningKey key, TimeProvider clock, BiddingStrategyKind kind)
{
    private const int MostInTurn = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly LedgerSender sender = new(ledger, key);
    private readonly MemberEyes eyes = new(ledger.Rules, readings, new CautiousForecast());
    private readonly Dictionary<(Instant Delivery, MemberId Member), Look> looks = [];

    /// <summary>What became of orders before this process began, where somebody knows it: the ledger's state holds those alone that stand.</summary>
    public IPastOrders? Past { get; set; }

    /// <summary>The agent's address, which mandates name.</summary>
    public Address Address => sender.Address;

    /// <summary>Bids where it is time to.</summary>
    /// <returns>Whether something was sent.</returns>
    public async Task<bool> TurnAsync(CancellationToken cancel)
    {
        if (ledger.State is not { } state)
        {
            return false;
        }

        var now = Instant.From(clock.GetUtcNow());
        OpenListing[] listings = [.. OpenListing.All(ledger.Rules, state, now)];
        foreach ((Instant Delivery, MemberId Member) past in looks.Keys.Where(one => one.Delivery <= now).ToArray())
        {
            looks.Remove(past);
        }

        Step[] steps = [.. Steps(state, listings, now).Take(MostInTurn)];

        // A nonce above the clock is above all that this agent used before a restart, also where it is in no block yet.
        Task<TransactionAnswer>[] answers = [.. steps.Select(step => ledger.SubmitAsync(sender.Sign(now, [step.Call], (ulong)now.UnixMilliseconds), Patience, cancel))];
        for (int index = 0; index < answers.Length; index++)
        {
            bool isPlaced = (await answers[index]).Status == TransactionStatus.Final && steps[index].Places;
            looks[steps[index].Key] = steps[index].Look with { HasPlaced = isPlaced || (steps[index].Look.HasPlaced && steps[index].Places) };
        }

        return steps.Length > 0;
    }

    private IEnumerable<Step> Steps(StateReader state, OpenListing[] listings, Instant now)
    {
        if (listings.Length == 0)
        {
            yield break;
        }

        foreach ((MemberNumber number, Mandate mandate) in ledger.Rules.Mandates.Mandates(state))
        {
            if (mandate.Agent != Address || !mandate.HoldsAt(now) || ledger.Rules.Registry.MemberWith(state, number.Id).IsSuspended)
            {
                continue;
            }

            foreach (OpenListing listing in listings.Where(listing => mandate.HoldsAt(listing.Period.Start)))
            {
                if (StepOf(state, number.Id, mandate, listing, now) is { } step)
                {
                    yield return step;
                }
            }
        }
    }

    // One look at a time, and none again for as long as neither the time nor the mandate gives a reason.
    private Step? StepOf(StateReader state, MemberId member, Mandate mandate, OpenListing listing, Instant now)
    {
        (Instant, MemberId) place = (listing.Period.Start, member);
        looks.TryGetValue(place, out Look? before);
        int number = listing.LookAt(now);
        if (before is not null && before.Number == number && before.Mandate == mandate)
        {
            return null;
        }

        MemberView view = eyes.Look(state, member, mandate, listing);
        PlacedOrder? standing = view.OwnOrder(AgentOrder.Label);
        if (HasPlaced(standing, before, member, listing) is not { } hasPlaced)
        {
            // Rather a look later than an order that the member does not want.
            return null;
        }

        var look = new Look(number, mandate, hasPlaced);
        looks[place] = look;
        if (view.MemberTrades || (standing is null && hasPlaced))
        {
            return null;
        }

        AgentOrder? wanted = AgentOrder.Decide(view, kind.Create((ulong)member.Value), double.Min(1, (double)number / (OpenListing.Looks - 1)));
        return (wanted, standing) switch
        {
            (null, null) => null,
            (null, _) => new Step(place, look, Withdraw(view), Places: false),
            ({ } order, null) => new Step(place, look, Place(view, order), Places: true),
            ({ } order, { } old) => order.Is(old) ? null : new Step(place, look, Replace(view, order), Places: true),
        };
    }

    // Null where that is not known yet.
    private bool? HasPlaced(PlacedOrder? standing, Look? before, MemberId member, OpenListing listing) =>
        standing is not null || before?.HasPlaced == true ? true
        : before is not null || Past is null ? false
        : Past.WasWithdrawn(member, listing.Period.Start, AgentOrder.Label);

    private static Ledger.Wire.Call Place(MemberView view, AgentOrder order) => TransactionBuilder.Call("market", "place", new PlaceOrder
    {
        DeliveryMs = view.Period.Start.UnixMilliseconds,
        Label = AgentOrder.Label,
        Side = Wire(order.Side),
        QuantityWh = order.Quantity.WattHours,
        LimitPrice = order.LimitPrice.MicrosPerKilowattHour,
        ForMember = Bytes(view),
    });

    private static Ledger.Wire.Call Replace(MemberView view, AgentOrder order) => TransactionBuilder.Call("market", "replace", new ReplaceOrder
    {
        DeliveryMs = view.Period.Start.UnixMilliseconds,
        Label = AgentOrder.Label,
        Side = Wire(order.Side),
        QuantityWh = order.Quantity.WattHours,
        LimitPrice = order.LimitPrice.MicrosPerKilowattHour,
        ForMember = Bytes(view),
    });

    private static Ledger.Wire.Call Withdraw(MemberView view) => TransactionBuilder.Call("market", "withdraw", new WithdrawOrder
    {
        DeliveryMs = view.Period.Start.UnixMilliseconds,
        Label = AgentOrder.Label,
        ForMember = Bytes(view),
    });

    private static OrderSide Wire(Side side) => side == Side.Buy ? OrderSide.Buy : OrderSide.Sell;

    private static ByteString Bytes(MemberView view) => ByteString.CopyFrom(view.Member.Address.ToArray());

    /// <summary>When the agent last looked at a member's place in a listing.</summary>
    /// <param name="Number">The how-manieth look.</param>
    /// <param name="Mandate">The mandate then.</param>
    /// <param name="HasPlaced">Whether an order of the agent's stood afterwards.</param>
    private sealed record Look(int Number, Mandate Mandate, bool HasPlaced);

    /// <summary>What the agent does in a listing for a member.</summary>
    private sealed record Step((Instant Delivery, MemberId Member) Key, Look Look, Ledger.Wire.Call Call, bool Places);
}
