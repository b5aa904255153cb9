using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Staking;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>Events for people and programs to read, as docs/contracts.md has their layout.</summary>
internal static class EventFields
{
    private static readonly Dictionary<string, Func<LedgerEvent, object>> Readers = new(StringComparer.Ordinal)
    {
        [RoleChanged.Name] = one => Of(one.As<RoleChanged>()),
        [ParametersChanged.Name] = one => Of(one.As<ParametersChanged>()),
        [TariffChanged.Name] = one => Of(one.As<TariffChanged>()),
        [ValidatorStruck.Name] = one => Of(one.As<ValidatorStruck>()),
        [MemberRegistered.Name] = one => Of(one.As<MemberRegistered>()),
        [Transferred.Name] = one => Of(one.As<Transferred>()),
        [CreditLineSet.Name] = one => Of(one.As<CreditLineSet>()),
        [StakingSwitched.Name] = one => Of(one.As<StakingSwitched>()),
        [StakeBonded.Name] = one => Of(one.As<StakeBonded>()),
        [StakeUnbonded.Name] = one => Of(one.As<StakeUnbonded>()),
        [VotesCounted.Name] = one => Of(one.As<VotesCounted>()),
        [TooFewStakes.Name] = one => Of(one.As<TooFewStakes>()),
        [ReadingReported.Name] = one => Of(one.As<ReadingReported>()),
        [ReadingRefused.Name] = one => Of(one.As<ReadingRefused>()),
        [MandateGranted.Name] = one => Of(one.As<MandateGranted>()),
        [MandateWithdrawn.Name] = one => new { member = one.As<MandateWithdrawn>().Member.Value },
        [ListingOpened.Name] = one => Of(one.As<ListingOpened>()),
        [OrderPlaced.Name] = one => Of(one.As<OrderPlaced>()),
        [OrderWithdrawn.Name] = one => Of(one.As<OrderWithdrawn>().Key),
        [TradesCurtailed.Name] = one => Of(one.As<TradesCurtailed>()),
        [MarketCleared.Name] = one => Of(one.As<MarketCleared>()),
        [PeriodSettled.Name] = one => Of(one.As<PeriodSettled>()),
        [PeriodCorrected.Name] = one => Of(one.As<PeriodCorrected>()),
        [InvoiceIssued.Name] = one => Of(one.As<InvoiceIssued>()),
    };

    /// <summary>The names of all events that this build can read.</summary>
    public static IEnumerable<string> Names => Readers.Keys;

    /// <summary>An event's fields, or null where this build does not know it: then only its bytes can be shown.</summary>
    public static object? Of(LedgerEvent happened)
    {
        try
        {
            return Readers.TryGetValue(happened.Name, out Func<LedgerEvent, object>? read) ? read(happened) : null;
        }
        catch (MalformedBytesException)
        {
            return null;
        }
    }

    private static object Of(RoleChanged changed) => new { address = changed.Grant.Holder.ToString(), role = changed.Grant.Role.ToString().ToLowerInvariant(), holds = changed.Holds };

    private static object Of(ParametersChanged changed) => new
    {
        from = changed.From,
        periodMinutes = changed.Parameters.PeriodLength.TotalMinutes,
        listingLeadMinutes = changed.Parameters.ListingLead.TotalMinutes,
        gateLeadMinutes = changed.Parameters.GateLead.TotalMinutes,
        readingDeadlineMinutes = changed.Parameters.ReadingDeadline.TotalMinutes,
        correctionWindowMinutes = changed.Parameters.CorrectionWindow.TotalMinutes,
        mechanism = changed.Parameters.Mechanism,
        rationing = changed.Parameters.Rationing == Rationing.ProRata ? "pro-rata" : "arrival",
        reverseAuction = changed.Parameters.ReverseAuction == ReverseAuctionPayment.Uniform ? "uniform" : "as-offered",
        imbalance = changed.Parameters.Imbalance.ToString().ToLowerInvariant(),
        shortfallPenalty = changed.Parameters.ShortfallPenalty.MicrosPerKilowattHour,
        localGridFee = changed.Parameters.LocalGridFee.MicrosPerKilowattHour,
        sharingKey = changed.Parameters.SharingKey,
        fixedPrice = changed.Parameters.FixedPrice?.MicrosPerKilowattHour,
    };

    private static object Of(TariffChanged changed) => new { from = changed.From, retail = changed.Rates.Retail.MicrosPerKilowattHour, feedIn = changed.Rates.FeedIn.MicrosPerKilowattHour };

    private static object Of(ValidatorStruck struck) =>
        new { validator = struck.Validator.ToString(), height = struck.Height, first = struck.First.ToString(), second = struck.Second.ToString() };

    private static object Of(MemberRegistered registered) => new
    {
        member = registered.Id.Value,
        address = registered.Member.Address.ToString(),
        connectionW = registered.Member.Connection.Watts,
        generationW = registered.Member.Generation.Watts,
        sharingWeight = registered.Member.SharingWeight,
        sharingTier = registered.Member.SharingTier,
        suspended = registered.Member.IsSuspended,
    };

    private static object Of(Transferred transferred) => new { from = transferred.From.ToString(), to = transferred.To.ToString(), amount = transferred.Amount.Micros };

    private static object Of(CreditLineSet set) => new { address = set.Member.ToString(), amount = set.Amount.Micros };

    private static object Of(StakingSwitched switched) => new
    {
        on = switched.IsOn,
        minimum = switched.Terms.Minimum.Micros,
        maturityMinutes = switched.Terms.Maturity.TotalMinutes,
        unbondingMinutes = switched.Terms.Unbonding.TotalMinutes,
        recountMinutes = switched.Terms.Recount.TotalMinutes,
    };

    private static object Of(StakeBonded bonded) => new { address = bonded.Member.ToString(), amount = bonded.Amount.Micros, validator = bonded.Validator.ToString() };

    private static object Of(StakeUnbonded unbonded) => new { address = unbonded.Member.ToString(), amount = unbonded.Amount.Micros, due = unbonded.Due };

    private static object Of(VotesCounted counted) =>
        new { powers = counted.Powers.Select(power => new { address = power.Member.ToString(), validator = power.Validator.ToString(), power = power.Power }) };

    private static object Of(TooFewStakes few) => new { found = few.Found, needed = few.Needed };

    private static object Of(ReadingReported reported) =>
        new { member = reported.Member.Value, delivery = reported.Delivery, importWh = reported.Import.WattHours, exportWh = reported.Export.WattHours, late = reported.IsLate };

    private static object Of(ReadingRefused refused) => new { meter = refused.Meter.ToString(), delivery = refused.Delivery, code = refused.Code, sentence = refused.Sentence };

    private static object Of(MandateGranted granted) => new
    {
        member = granted.Member.Value,
        agent = granted.Mandate.Agent.ToString(),
        sides = granted.Mandate.Sides.ToString().ToLowerInvariant(),
        lowestPrice = granted.Mandate.Lowest.MicrosPerKilowattHour,
        highestPrice = granted.Mandate.Highest.MicrosPerKilowattHour,
        mostWhPerHour = granted.Mandate.MostPerHour.WattHours,
        from = granted.Mandate.From,
        until = granted.Mandate.Until,
    };

    private static object Of(ListingOpened opened) => new { delivery = opened.Delivery, gate = opened.Gate };

    private static object Of(OrderPlaced placed) => new
    {
        delivery = placed.Key.Delivery,
        member = placed.Key.Member.Value,
        label = placed.Key.Label,
        side = placed.Order.Side == Side.Buy ? "buy" : "sell",
        quantityWh = placed.Order.Quantity.WattHours,
        price = placed.Order.LimitPrice.MicrosPerKilowattHour,
        locked = placed.Order.Locked.Micros,
    };

    private static object Of(OrderKey key) => new { delivery = key.Delivery, member = key.Member.Value, label = key.Label };

    private static object Of(TradesCurtailed curtailed) =>
        new { delivery = curtailed.Delivery, limitW = curtailed.Limit.Watts, beforeWh = curtailed.Before.WattHours, afterWh = curtailed.After.WattHours };

    private static object Of(MarketCleared cleared) =>
        new { delivery = cleared.Delivery, price = cleared.Price?.MicrosPerKilowattHour, trades = cleared.Trades.Trades.Select(Of) };

    private static object Of(PeriodSettled settled) => new
    {
        delivery = settled.Delivery,
        retail = settled.Retail.MicrosPerKilowattHour,
        feedIn = settled.FeedIn.MicrosPerKilowattHour,
        trades = settled.Trades.Trades.Select(Of),
        metered = settled.Metered.Select(Of),
        lines = settled.Lines.Select(Of),
    };

    private static object Of(PeriodCorrected corrected) => new { delivery = corrected.Delivery, metered = corrected.Metered.Select(Of), lines = corrected.Lines.Select(Of) };

    private static object Of(InvoiceIssued issued) => new
    {
        member = issued.Member.Value,
        from = issued.Invoice.From,
        until = issued.Until,
        total = issued.Invoice.Total.Micros,
        groups = Enum.GetValues<SettlementLineKind>().Select(kind => (kind, sum: issued.Invoice.Sum(kind))).Select(one => new
        {
            kind = NameOf(one.kind),
            energyPaidWh = one.sum.PaidFor.WattHours,
            paid = one.sum.Paid.Micros,
            energySoldWh = one.sum.PaidTo.WattHours,
            received = one.sum.Received.Micros,
        }),
    };

    private static object Of(MemberTrade trade) => new
    {
        buyer = trade.Buyer.Value,
        seller = trade.Seller.Value,
        quantityWh = trade.Quantity.WattHours,
        price = trade.Price.MicrosPerKilowattHour,
        amount = trade.Amount.Micros,
    };

    private static object Of(MeteredEnergy metered) => new { member = metered.Member.Value, netWh = metered.Net.WattHours, estimated = metered.Estimated };

    private static object Of(SettlementLine line) => new
    {
        from = NameOf(line.From),
        to = NameOf(line.To),
        kind = NameOf(line.Kind),
        quantityWh = line.Quantity.WattHours,
        price = line.Price.MicrosPerKilowattHour,
        amount = line.Amount.Micros,
        estimated = line.Estimated,
        correction = line.Correction,
    };

    private static string NameOf(Party party) => Projections.LineNames.Of(party.Kind) is "member" ? $"member {party.MemberId.Value}" : Projections.LineNames.Of(party.Kind);

    private static string NameOf(SettlementLineKind kind) => Projections.LineNames.Of(kind);
}
