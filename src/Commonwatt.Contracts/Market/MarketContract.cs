using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <summary>The life of each delivery period: it opens, takes orders, clears, is settled and corrected, all by its own schedule.</summary>
/// <remarks>
/// What the sources call self-enforcing contracts: once started, nobody has to do anything for a gate to close or a
/// settlement to be made. Source 001, section 4.3 describes the hourly listing and its closing.
/// </remarks>
public sealed partial class MarketContract : Contract
{
    private const string Open = "open";
    private const string Clear = "clear";
    private const string Settle = "settle";
    private const string Forget = "forget";

    private readonly GovernanceContract governance;
    private readonly RegistryContract registry;
    private readonly WalletContract wallet;
    private readonly MeteringContract metering;
    private readonly Table<TimeKey, Listing> listings;
    private readonly Table<OrderKey, PlacedOrder> orders;
    private readonly Table<TimeKey, TradeList> trades;
    private readonly Table<TimeKey, Count> networkLimits;
    private readonly Table<TimeKey, SettledPeriod> correctable;
    private readonly Table<MemberNumber, OpenInvoice> invoices;
    private readonly Table<TimeKey, Count> invoiceBoundaries;
    private readonly Table<Address, Count> sequence;
    private readonly Table<Address, TimeKey> lastDelivery;

    /// <summary>The contract.</summary>
    public MarketContract(GovernanceContract governance, RegistryContract registry, WalletContract wallet, MeteringContract metering)
        : base("market")
    {
        this.governance = governance;
        this.registry = registry;
        this.wallet = wallet;
        this.metering = metering;
        listings = Table<TimeKey, Listing>("listings");
        orders = Table<OrderKey, PlacedOrder>("orders");
        trades = Table<TimeKey, TradeList>("trades");
        networkLimits = Table<TimeKey, Count>("network-limits");
        correctable = Table<TimeKey, SettledPeriod>("correctable");
        invoices = Table<MemberNumber, OpenInvoice>("invoices");
        invoiceBoundaries = Table<TimeKey, Count>("invoice-boundaries");
        sequence = Table<Address, Count>("sequence");
        lastDelivery = Table<Address, TimeKey>("last-delivery");
        On("start", Wire.StartMarket.Parser, Start);
        On("stop", Wire.StopMarket.Parser, Stop);
        On("place", Wire.PlaceOrder.Parser, (context, call) => Place(context, call.DeliveryMs, call.Label, call.Side, call.QuantityWh, call.LimitPrice, isNew: true));
        On("replace", Wire.ReplaceOrder.Parser, (context, call) => Place(context, call.DeliveryMs, call.Label, call.Side, call.QuantityWh, call.LimitPrice, isNew: false));
        On("withdraw", Wire.WithdrawOrder.Parser, Withdraw);
        On("set-network-limit", Wire.SetNetworkLimit.Parser, SetNetworkLimit);
        On("correct", Wire.CorrectPeriod.Parser, Correct);
        On("set-invoice-boundaries", Wire.SetInvoiceBoundaries.Parser, SetInvoiceBoundaries);
        OnSchedule(Open, PeriodStep.Parser, OpenListing);
        OnSchedule(Clear, PeriodStep.Parser, ClearListing);
        OnSchedule(Settle, PeriodStep.Parser, SettlePeriod);
        OnSchedule(Forget, PeriodStep.Parser, ForgetPeriod);
    }

    /// <summary>The listings that are not settled yet, by start of delivery.</summary>
    public IReadOnlyList<KeyValuePair<TimeKey, Listing>> Listings(StateReader state) => listings.All(state);

    /// <summary>The orders of a listing that has not cleared.</summary>
    public IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> Orders(StateReader state, Instant delivery) =>
        orders.StartingWith(state, new TimeKey(delivery));

    /// <summary>A member's invoice so far, or null where nothing stands on it yet.</summary>
    public OpenInvoice? InvoiceOf(StateReader state, MemberId member) =>
        invoices.TryFind(state, new MemberNumber(member), out OpenInvoice invoice) ? invoice : null;

    private Outcome Start(CallContext context, StartMarket call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        var first = new Instant(call.FirstDeliveryMs);
        if (lastDelivery.Has(context, Address.Nobody))
        {
            return Outcome.Refused("already-started", "The market runs already.");
        }

        if (governance.ParametersAt(context, first) is not { } parameters || governance.TariffAt(context, first) is null)
        {
            return Outcome.Refused("no-parameters", $"Market parameters and tariffs are needed for deliveries from {first} on: set them first.");
        }

        if (!DeliveryPeriod.IsStart(first, parameters.PeriodLength) || first - parameters.GateLead <= context.Time)
        {
            return Outcome.Refused("wrong-time", $"The first delivery starts on the grid of {parameters.PeriodLength} and with its gate after {context.Time}: {first} does not.");
        }

        lastDelivery.Put(context, Address.Nobody, new TimeKey(new Instant(long.MaxValue)));
        ScheduleStep(context, first - parameters.ListingLead, Open, first);
        return Outcome.Done;
    }

    private Outcome Stop(CallContext context, StopMarket call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (!lastDelivery.Has(context, Address.Nobody))
        {
            return Outcome.Refused("not-started", "The market does not run.");
        }

        lastDelivery.Put(context, Address.Nobody, new TimeKey(new Instant(call.LastDeliveryMs)));
        return Outcome.Done;
    }

    private Outcome OpenListing(CallContext context, PeriodStep step)
    {
        var delivery = new Instant(step.DeliveryMs);
        if (delivery > lastDelivery.FindOr(context, Address.Nobody, default).Time)
        {
            lastDelivery.Remove(context, Address.Nobody);
            return Outcome.Done;
        }

        MarketParameters parameters = governance.ParametersAt(context, delivery)
            ?? throw new BrokenInvariantException($"There are no market parameters for {delivery}.");
        var period = new DeliveryPeriod(delivery, parameters.PeriodLength);
        listings.Put(context, new TimeKey(delivery), new Listing(IsCleared: parameters.IsSharing, parameters));
        if (!parameters.IsSharing)
        {
            ScheduleStep(context, delivery - parameters.GateLead, Clear, delivery);
        }

        ScheduleStep(context, period.End + parameters.ReadingDeadline, Settle, delivery);
        MarketParameters next = governance.ParametersAt(context, period.End)!;
        ScheduleStep(context, period.End - next.ListingLead, Open, period.End);
        context.Emit(new ListingOpened(delivery, delivery - parameters.GateLead));
        return Outcome.Done;
    }

    private void ScheduleStep(CallContext context, Instant at, string step, Instant delivery) =>
        Schedule(context, at, step, new PeriodStep { DeliveryMs = delivery.UnixMilliseconds });
}
