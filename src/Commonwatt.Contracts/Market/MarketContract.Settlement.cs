using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;
using Commonwatt.Markets.Sharing;

namespace Commonwatt.Contracts.Market;

/// <content>The deadline for readings has passed: the period is settled.</content>
public sealed partial class MarketContract
{
    // The nearest are found among all pairs of members, whose number must stay within a block's work. A larger community shares by its key.
    private const int MostNeighbours = 2_000;

    private Outcome SettlePeriod(CallContext context, PeriodStep step)
    {
        var delivery = new Instant(step.DeliveryMs);
        var key = new TimeKey(delivery);
        if (!listings.TryFind(context, key, out Listing listing))
        {
            throw new BrokenInvariantException($"There is no listing for {delivery} to settle.");
        }

        MarketParameters parameters = listing.Parameters;
        var period = new DeliveryPeriod(delivery, parameters.PeriodLength);
        IReadOnlyList<KeyValuePair<MemberNumber, Member>> members = registry.Members(context);
        TariffRates rates = governance.TariffAt(context, delivery)
            ?? throw new BrokenInvariantException($"There is no tariff for {delivery}.");
        var terms = new SettlementTerms(rates.Retail, rates.FeedIn, parameters.LocalGridFee, parameters.Imbalance, parameters.ShortfallPenalty);

        TradeList agreed = trades.FindOr(context, key, TradeList.None);
        MeteredEnergy[] metered = Meter(context, period, members, agreed);
        TradeList settled = parameters.IsSharing ? Share(context, parameters, members, metered, rates) : agreed;
        var lines = new List<SettlementLine>(members.Count * 3);
        PeriodSettlement.Settle(settled.Trades, metered, terms, lines);

        CloseInvoicesUpTo(context, delivery);
        Book(context, members, lines, Releases(agreed, parameters.LocalGridFee), delivery);
        KeepForCorrection(context, period, parameters, terms, settled, metered);
        listings.Remove(context, key);
        trades.Remove(context, key);
        governance.ForgetBefore(context, period.End);
        context.Emit(new PeriodSettled(delivery, rates.Retail, rates.FeedIn, settled, metered, lines));
        return Outcome.Done;
    }

    private MeteredEnergy[] Meter(
        CallContext context, DeliveryPeriod period, IReadOnlyList<KeyValuePair<MemberNumber, Member>> members, TradeList agreed)
    {
        SortedDictionary<MemberId, Energy>? contracts = null;
        var metered = new MeteredEnergy[members.Count];
        for (int index = 0; index < metered.Length; index++)
        {
            MemberId member = members[index].Key.Id;
            if (metering.NetOf(context, period, member) is { } net)
            {
                metered[index] = new MeteredEnergy(member, net);
                continue;
            }

            contracts ??= Contracts(agreed);
            Energy contracted = contracts.GetValueOrDefault(member);
            metered[index] = new MeteredEnergy(member, metering.StandIn(context, period, member, contracted), Estimated: true);
        }

        return metered;
    }

    private static SortedDictionary<MemberId, Energy> Contracts(TradeList agreed)
    {
        var contracts = new SortedDictionary<MemberId, Energy>();
        foreach (ContractedPosition position in ContractedPosition.Of(agreed.Trades))
        {
            contracts.Add(position.Member, position.Net);
        }

        return contracts;
    }

    private TradeList Share(
        CallContext context,
        MarketParameters parameters,
        IReadOnlyList<KeyValuePair<MemberNumber, Member>> members,
        MeteredEnergy[] metered,
        TariffRates rates)
    {
        NetDemand[] demands = Array.ConvertAll(metered, one => new NetDemand(one.Member, one.Net));
        Price middle = Price.Midpoint(rates.Retail - parameters.LocalGridFee, rates.FeedIn);
        Price price = Price.Max(Price.Zero, parameters.FixedPrice ?? middle);
        IReadOnlyList<MemberTrade> shared = SharesByDistance(parameters, metered.Length)
            ? NearestNeighbour.Share(demands, (one, other) => registry.Distance(context, one, other), price)
            : SurplusSharing.Share(demands, SharingKeys.For(parameters.SharingKey, members), price);
        return new TradeList([.. shared]);
    }

    // Members who joined after the settlement do not change how its corrections share.
    private static bool SharesByDistance(MarketParameters parameters, int members) =>
        members <= MostNeighbours && string.Equals(parameters.Mechanism, NearestNeighbour.Name, StringComparison.Ordinal);

    private static SortedDictionary<MemberId, Money> Releases(TradeList agreed, Price localGridFee)
    {
        var releases = new SortedDictionary<MemberId, Money>();
        foreach (MemberTrade trade in agreed.Trades)
        {
            releases[trade.Buyer] = releases.GetValueOrDefault(trade.Buyer) + Cost(trade, localGridFee);
        }

        return releases;
    }

    // Each account is written once, with all that its holder pays and gets in the period.
    private void Book(
        CallContext context,
        IReadOnlyList<KeyValuePair<MemberNumber, Member>> members,
        IReadOnlyList<SettlementLine> lines,
        SortedDictionary<MemberId, Money> releases,
        Instant delivery)
    {
        var account = new PeriodAccount(members.Count);
        for (int index = 0; index < lines.Count; index++)
        {
            account.Add(lines[index]);
        }

        foreach ((MemberNumber number, Member member) in members)
        {
            wallet.Book(context, member.Address, account.BalanceOf(number.Id), -releases.GetValueOrDefault(number.Id));
        }

        wallet.Book(context, CommunityAccounts.Utility, account.Utility, Money.Zero);
        wallet.Book(context, CommunityAccounts.Dso, account.Dso, Money.Zero);
        wallet.Book(context, CommunityAccounts.CommunityFund, account.CommunityFund, Money.Zero);
        AddToInvoices(context, lines, delivery);
    }

    private void KeepForCorrection(
        CallContext context, DeliveryPeriod period, MarketParameters parameters, SettlementTerms terms, TradeList settled, MeteredEnergy[] metered)
    {
        (MemberId, Energy)[] missing = [.. metered.Where(one => one.Estimated).Select(one => (one.Member, one.Net))];
        metering.Settle(context, period, missing);
        if (missing.Length > 0)
        {
            correctable.Put(context, new TimeKey(period.Start), new SettledPeriod(period.Length, terms, settled, metered));
            ScheduleStep(context, period.End + parameters.CorrectionWindow, Forget, period.Start);
        }
    }
}
