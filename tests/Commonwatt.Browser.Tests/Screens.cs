namespace Commonwatt.Browser.Tests;

/// <summary>A page as somebody sees it.</summary>
/// <param name="Name">What the tests call it.</param>
/// <param name="Route">Its path in the app's table of routes, or null where it is in none.</param>
/// <param name="Path">Where it is opened; what stands in braces is a place of the street.</param>
/// <param name="Who">The first name of the demo's person who sees it, "auditor", or null for anybody.</param>
/// <param name="Shows">Patterns of what must be on it.</param>
internal sealed record Screen(string Name, string? Route, string Path, string? Who, params string[] Shows)
{
    private const string Energy = @"\d\sk?Wh";
    private const string Power = @"\d\sk?W\b";
    private const string Euros = @"€\d";
    private const string Price = @"\d\sct/kWh";

    /// <summary>Every page.</summary>
    public static IReadOnlyList<Screen> All { get; } =
    [
        new("home", "/", "/", "Sofia", "Sofia", "Balance", "Today", Power, Euros, Price),
        new("energy", "/energy", "/energy?range=day&date=2026-11-20", "Sofia", "Where it came from", Energy, @"\d\s?%"),
        new("energy-month", "/energy", "/energy?range=month&date=2026-11-01&compare=before", "Sofia", "Compare with", Energy),
        new("market", "/market", "/market", "Sofia", "New order", "My orders", "My trades", Price),
        new("wallet", "/wallet", "/wallet", "Sofia", "Wallet and bills", "Invoices", "October 2026", Euros),
        new("invoice", "/invoices/:id", "/invoices/{invoice}", "Sofia", "October 2026", "Summary", "All lines", Euros),
        new("account", "/account", "/account", "Sofia", "Passkeys", "Member number"),
        new("keys", "/keys", "/keys", "Sofia", "Your key is in this browser", "cw[0-9a-z]+"),
        new("overview", "/overview", "/overview", "Marta", "Self-sufficiency", "Meters", Energy, Euros, @"\d\s?%"),
        new("overview-auditor", "/overview", "/overview", "auditor", "Self-sufficiency", Energy, Euros),
        new("periods", "/periods", "/periods", "Marta", "Supply and demand", @"\d+ orders, \d+ trades", "The life of the period"),
        new("settlement", "/settlement", "/settlement?range=day&date=2026-11-20", "Marta", "Trade", "Família", Energy, Euros),
        new("settlement-auditor", "/settlement", "/settlement?range=day&date=2026-11-20", "auditor", @"Member \d", Energy, Euros),
        new("invoices", "/settlement", "/settlement?range=month&date=2026-10-01", "Marta", "Invoices of October 2026", Euros),
        new("members", "/members", "/members", "Marta", "Waiting to be let in", "Família", Power),
        new("invitations", "/members/:tab", "/members/invitations", "Marta", "Invite somebody", "Ana Reis"),
        new("machines", "/members/:tab", "/members/machines", "Marta", "Machines"),
        new("rules", "/rules", "/rules", "Marta", "Rules in force", Price, "Change the rules"),
        new("grid", "/grid", "/grid?range=day&date=2026-11-20", "Rui", "Feeder load", "Set a limit", Power),
        new("grid-auditor", "/grid", "/grid?range=day&date=2026-11-20", "auditor", "Feeder load", Power),
        new("ledger", "/ledger", "/ledger", null, "Newest blocks", @"Transactions \d"),
        new("block", "/ledger/blocks/:height", "/ledger/blocks/{block}", null, "What the validators signed", @"\d bytes"),
        new("transaction", "/ledger/transactions/:id", "/ledger/transactions/{transaction}", null, "What was asked for", "What happened", "Done"),
        new("address", "/ledger/addresses/:address", "/ledger/addresses/{address}", null, "Who it is", @"Member \d", "Transactions"),
        new("proof-transaction", "/ledger/proof/transaction/:id", "/ledger/proof/transaction/{transaction}", null, "It is proved", "give the root|only leaf of its tree"),
        new("proof-event", "/ledger/proof/event/:height/:index", "/ledger/proof/event/{block}/{event}", null, "It is proved", "What is proved", @"Member \d+ bought .* from Member \d+ for €", "Signed by validators"),
        new("proof-account", "/ledger/proof/account/:address", "/ledger/proof/account/{address}", "Sofia", "It is proved"),
        new("sign-in", "/sign-in", "/sign-in", null, "This is a demo", "Sign in with a passkey", "Tiago"),
        new("invitation", "/invite/:token", "/invite/{token}", null, "Join", "Rua das Flores"),
        new("not-found", null, "/nowhere", "Sofia", "There is no such page", "/nowhere"),
    ];
}
