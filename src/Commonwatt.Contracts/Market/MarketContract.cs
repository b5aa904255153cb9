using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Mandates;
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
    private const string CorrectLarge = "correct-large";

    private readonly GovernanceContract governance;
    private readonly RegistryContract registry;
    private readonly WalletContract wallet;
    private readonly MeteringContract metering;
    private readonly MandateContract mandates;
    private readonly Table<TimeKey, Listing> listings;
    private readonly Table<OrderKey, PlacedOrder> orders;
    private readonly Table<TimeKey, TradeList> trades;
    private readonly Table<TimeKey, Count> networkLimits;
    private readonly Table<TimeKey, SettledPeriod> correctable;
    private readonly Table<TimeKey, Count> correctionsDue;
    private readonly Table<MemberNumber, OpenInvoice> invoices;
    private readonly Table<TimeKey, Count> invoiceBoundaries;
    private readonly Table<Address, Count> sequence;
    private readonly Table<Address, TimeKey> nextDelivery;
    private readonly Table<Address, TimeKey> lastDelivery;
    private readonly Table<Address, TimeKey> lastSettlement;

    /// <summary>The contract.</summary>
    public MarketContract(
        GovernanceContract governance, RegistryContract registry, WalletContract wallet, MeteringContract metering, MandateContract mandates)
        : base("market")
    {
        this.governance = governance;
        this.registry = registry;
        this.wallet = wallet;
        this.metering = metering;
        this.mandates = mandates;
        listings = Table<TimeKey, Listing>("listings");
        orders = Table<OrderKey, PlacedOrder>("orders");
        trades = Table<TimeKey, TradeList>("trades");
        networkLimits = Table<TimeKey, Count>("network-limits");
        correctable = Table<TimeKey, SettledPeriod>("correctable");
        correctionsDue = Table<TimeKey, Count>("corrections-due");
        invoices = Table<MemberNumber, OpenInvoice>("invoices");
        invoiceBoundaries = Table<TimeKey, Count>("invoice-boundaries");
        sequence = Table<Address, Count>("sequence");
        nextDelivery = Table<Address, TimeKey>("next-delivery");
        lastDelivery = Table<Address, TimeKey>("last-delivery");
        lastSettlement = Table<Address, TimeKey>("last-settlement");
        On("start", Wire.StartMarket.Parser, Start);
        On("stop", Wire.StopMarket.Parser, Stop);
        On("place", Wire.PlaceOrder.Parser, (context, call) => Place(context, OrderRequest.From(call), call.ForMember));
        On("replace", Wire.ReplaceOrder.Parser, (context, call) => Place(context, OrderRequest.From(call), call.ForMember));
        On("withdraw", Wire.WithdrawOrder.Parser, Withdraw);
        On("set-network-limit", Wire.SetNetworkLimit.Parser, SetNetworkLimit);
        On("correct", Wire.CorrectPeriod.Parser, Correct);
        On("set-invoice-boundaries", Wire.SetInvoiceBoundaries.Parser, SetInvoiceBoundaries);
        OnSchedule(Open, PeriodStep.Parser, OpenListing);
        OnSchedule(Clear, PeriodStep.Parser, ClearListing);
        OnSchedule(Settle, PeriodStep.Parser, SettlePeriod);
        OnSchedule(Forget, PeriodStep.Parser, ForgetPeriod);
        OnSchedule(CorrectLarge, PeriodStep.Parser, CorrectScheduled);
    }

    /// <summary>The listings that are not settled yet, by start of delivery.</summary>
    public IReadOnlyList<KeyValuePair<TimeKey, Listing>> Listings(StateReader state) => listings.All(state);

    /// <summary>The orders of a listing that has not cleared.</summary>
    public IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> Orders(StateReader state, Instant delivery) =>
        orders.StartingWith(state, new TimeKey(delivery));

    /// <summary>A member's invoice so far, or null where nothing stands on it yet.</summary>
    public OpenInvoice? InvoiceOf(StateReader state, MemberId member) =>
        invoices.TryFind(state, new MemberNumber(member), out OpenInvoice invoice) ? invoice : null;

    private void ScheduleStep(CallContext context, Instant at, string step, Instant delivery) =>
        Schedule(context, at, step, new PeriodStep { DeliveryMs = delivery.UnixMilliseconds });
}
