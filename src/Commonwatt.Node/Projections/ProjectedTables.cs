namespace Commonwatt.Node.Projections;

/// <summary>The tables that are made from the ledger. Columns are described in docs/projections.md.</summary>
/// <remarks>
/// <c>delivery</c> is the start of a delivery period, <c>height</c>, <c>event</c> the place of an event on the ledger, <c>place</c> a number within it.
/// <c>account</c> is a member's number, or one of <see cref="AccountNumber"/>.
/// </remarks>
internal static class ProjectedTables
{
    /// <summary>Up to which block the tables are made: one row.</summary>
    public static ProjectedTable Position { get; } = new("position", keys: 1, ["one", "ledger_id bytes", "layout bytes", "height", "time", "hash bytes"]);

    /// <summary>Final blocks.</summary>
    public static ProjectedTable Blocks { get; } = new(
        "blocks", keys: 1, ["height", "time", "proposer bytes", "transactions", "scheduled", "events", "bytes", "signatures", "hash bytes"], "hash");

    /// <summary>Receipts: of scheduled calls (and those of the genesis) first, then of the transactions. A transaction that was sent again may stand in several blocks: the admitted one counts.</summary>
    public static ProjectedTable Transactions { get; } = new(
        "transactions",
        keys: 2,
        ["height", "place", "is_scheduled", "sender? bytes", "nonce?", "expires?", "calls", "first_call? text", "is_done", "is_admitted", "code? text", "sentence? text", "id bytes"],
        "id",
        "sender, height");

    /// <summary>Events: <c>place</c> counts through the block, <c>receipt</c> is the place of the transaction or scheduled call.</summary>
    public static ProjectedTable Events { get; } = new("events", keys: 2, ["height", "place", "receipt", "name text", "content bytes"]);

    /// <summary>Members of the community.</summary>
    public static ProjectedTable Members { get; } = new(
        "members", keys: 1, ["number", "connection_w", "generation_w", "weight", "tier", "is_suspended", "since", "since_height", "address bytes"], "address");

    /// <summary>Meters; one that was replaced has an end.</summary>
    public static ProjectedTable Meters { get; } = new("meters", keys: 1, ["meter bytes", "member", "gateway? bytes", "since", "until?"], "member", "gateway");

    /// <summary>What members can generate with or store in.</summary>
    public static ProjectedTable Assets { get; } = new("assets", keys: 2, ["member", "name text", "kind text", "power_w", "since", "until?"]);

    /// <summary>Who holds which role (1 manager, 2 DSO), and whether he still does.</summary>
    public static ProjectedTable Roles { get; } = new("roles", keys: 2, ["address bytes", "role", "holds", "since"]);

    /// <summary>The rules for deliveries from a time on.</summary>
    public static ProjectedTable Parameters { get; } = new(
        "parameters",
        keys: 1,
        [
            "from_time", "period_ms", "listing_lead_ms", "gate_lead_ms", "deadline_ms", "window_ms", "mechanism text", "rationing", "reverse_auction", "imbalance",
            "shortfall_penalty", "local_grid_fee", "sharing_key text", "fixed_price?", "announced_at", "height",
        ]);

    /// <summary>The utility's prices from a time on.</summary>
    public static ProjectedTable Tariffs { get; } = new("tariffs", keys: 1, ["from_time", "retail", "feed_in", "announced_at", "height"]);

    /// <summary>Delivery periods; <c>phase</c> is <c>open</c>, <c>cleared</c>, <c>settled</c> or <c>corrected</c>, and what lies between follows from the times.</summary>
    public static ProjectedTable Periods { get; } = new(
        "periods",
        keys: 1,
        [
            "delivery", "length_ms", "opened_at", "gate_at", "deadline_at", "is_sharing", "mechanism text", "local_grid_fee", "phase text", "cleared_at?", "price?", "traded_wh", "traded_amount",
            "orders", "trades", "limit_w?", "before_wh?", "after_wh?", "settled_at?", "retail?", "feed_in?", "drawn_wh?", "fed_wh?", "estimates", "corrected_at?",
            "opened_height", "cleared_height?", "cleared_event?", "settled_height?", "settled_event?",
        ]);

    /// <summary>Orders; a replaced one keeps its row. <c>state</c> is <c>open</c>, <c>replaced</c>, <c>withdrawn</c>, <c>filled</c>, <c>partly-filled</c> or <c>not-filled</c>.</summary>
    public static ProjectedTable Orders { get; } = new(
        "orders",
        keys: 4,
        [
            "delivery", "member", "label", "version", "side text", "quantity_wh", "price", "locked", "state text", "filled_wh", "placed_at", "closed_at?",
            "height", "event", "receipt",
        ],
        "member, delivery");

    /// <summary>Trades: those of orders once the gate has closed, those of a sharing rule once the period is settled.</summary>
    public static ProjectedTable Trades { get; } = new(
        "trades", keys: 2, ["delivery", "place", "buyer", "seller", "quantity_wh", "price", "amount", "height", "event"], "buyer, delivery, quantity_wh", "seller, delivery, quantity_wh");

    /// <summary>Settlement lines with their corrections.</summary>
    public static ProjectedTable Lines { get; } = new(
        "lines",
        keys: 4,
        ["delivery", "height", "event", "place", "from_kind text", "from_member?", "to_kind text", "to_member?", "kind text", "quantity_wh", "price", "amount", "is_estimated", "is_correction"]);

    /// <summary>What each member's meter counted over a settled period, import minus export; the newest that is known.</summary>
    public static ProjectedTable Metered { get; } = new("metered", keys: 2, ["delivery", "member", "net_wh", "is_estimated", "is_late"], "member, delivery, net_wh, is_estimated, is_late");

    /// <summary>Readings as meters reported them.</summary>
    public static ProjectedTable Reported { get; } = new(
        "reported", keys: 2, ["delivery", "member", "import_wh", "export_wh", "is_late", "reported_at", "height"], "member, delivery, import_wh, export_wh");

    /// <summary>Accounts as they are now.</summary>
    public static ProjectedTable Accounts { get; } = new("accounts", keys: 1, ["account", "balance", "locked", "credit_line", "address bytes"], "address");

    /// <summary>Every movement of money on an account: <c>amount</c> is what its balance changed by. Of a settlement line, <c>place</c> is twice the line's, and one more where the account is paid.</summary>
    public static ProjectedTable Entries { get; } = new(
        "entries",
        keys: 4,
        ["account", "height", "event", "place", "at", "kind text", "amount", "quantity_wh?", "price?", "delivery?", "counterparty?", "is_estimated", "is_correction", "receipt"],
        "account, delivery");

    /// <summary>Invoices that the ledger issued, with their sums as its own layout has them.</summary>
    public static ProjectedTable InvoicesIssued { get; } = new(
        "invoices_issued", keys: 3, ["member", "height", "event", "from_time", "until_time", "total", "issued_at", "content bytes"]);

    /// <summary>Where invoices end.</summary>
    public static ProjectedTable InvoiceBoundaries { get; } = new("invoice_boundaries", keys: 1, ["at_time", "height"]);

    /// <summary>Limits that the DSO set for a period's trades.</summary>
    public static ProjectedTable Limits { get; } = new("limits", keys: 1, ["delivery", "power_w", "set_at", "height"]);

    /// <summary>Where members granted mandates to agents, the newest of each.</summary>
    public static ProjectedTable MandateGrants { get; } = new("mandate_grants", keys: 1, ["member", "height", "receipt"]);

    /// <summary>The validators of the newest block; those who were some before have no power.</summary>
    public static ProjectedTable Validators { get; } = new("validators", keys: 1, ["address bytes", "power", "since_height", "public_key bytes"]);

    /// <summary>Every set of validators that was in force, from the height on at which it came to be; as the ledger's own layout has it.</summary>
    public static ProjectedTable ValidatorSets { get; } = new("validator_sets", keys: 1, ["from_height", "content bytes"]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProjectedTable> All { get; } =
    [
        Position, Blocks, Transactions, Events, Members, Meters, Assets, Roles, Parameters, Tariffs, Periods, Orders, Trades, Lines, Metered, Reported,
        Accounts, Entries, InvoicesIssued, InvoiceBoundaries, Limits, MandateGrants, Validators, ValidatorSets,
    ];
}
