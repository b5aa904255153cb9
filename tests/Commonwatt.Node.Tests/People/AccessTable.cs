using Commonwatt.Node.People;

namespace Commonwatt.Node.Tests.People;

/// <summary>Who may use which endpoint. An endpoint of the server that does not stand here fails a test, and so does an entry without an endpoint.</summary>
internal static class AccessTable
{
    public const string Nobody = "nobody";
    public const string Gateway = Scopes.WriteReadings;
    public const string Reader = Scopes.ReadCommunity;
    public const string Accountant = Scopes.ReadSettlement;
    public const string Observer = Scopes.ReadMetrics;

    /// <summary>Those who are tried: nobody, each role, and a machine with each scope.</summary>
    public static readonly string[] Senders = [Nobody, "member", "manager", "dso", "auditor", Gateway, Reader, Accountant, Observer];

    private static readonly string[] All = Senders;
    private static readonly string[] People = ["member", "manager", "dso", "auditor"];
    private static readonly string[] Member = ["member"];
    private static readonly string[] Manager = ["manager"];
    private static readonly string[] Checkers = ["manager", "auditor"];
    private static readonly string[] Settling = [.. Checkers, Accountant];

    public static IReadOnlyDictionary<string, string[]> Entries { get; } = new Dictionary<string, string[]>
    {
        // The ledger's own, for other nodes and for light clients.
        ["POST /transactions"] = All,
        ["GET /transactions/{id}"] = All,
        ["GET /blocks"] = All,
        ["GET /snapshot"] = All,
        ["GET /validator-changes"] = All,
        ["GET /status"] = All,
        ["GET /health/live"] = All,
        ["GET /health/ready"] = All,

        ["GET /api/v1/session"] = All,
        ["DELETE /api/v1/session"] = All,
        ["POST /api/v1/session/passkey/options"] = All,
        ["POST /api/v1/session/passkey"] = All,
        ["POST /api/v1/session/password"] = All,
        ["GET /api/v1/session/all"] = People,
        ["DELETE /api/v1/session/all/{id}"] = People,
        ["POST /api/v1/invitations"] = Manager,
        ["GET /api/v1/invitations"] = Manager,
        ["DELETE /api/v1/invitations/{id}"] = Manager,
        ["GET /api/v1/invitations/by-token/{token}"] = All,
        ["GET /api/v1/invitations/by-token/{token}/totp"] = All,
        ["POST /api/v1/invitations/by-token/{token}/passkey/options"] = All,
        ["POST /api/v1/invitations/by-token/{token}/accept"] = All,
        ["GET /api/v1/account"] = People,
        ["PATCH /api/v1/account"] = People,
        ["DELETE /api/v1/account"] = People,
        ["GET /api/v1/account/passkeys"] = People,
        ["POST /api/v1/account/passkeys/options"] = People,
        ["POST /api/v1/account/passkeys"] = People,
        ["DELETE /api/v1/account/passkeys/{id}"] = People,
        ["GET /api/v1/account/totp"] = People,
        ["POST /api/v1/account/password"] = People,
        ["POST /api/v1/account/key/challenge"] = People,
        ["PUT /api/v1/account/key"] = People,
        ["GET /api/v1/admissions"] = Manager,
        ["GET /api/v1/people"] = Manager,
        ["PUT /api/v1/people/{id}/roles"] = Manager,
        ["POST /api/v1/people/{id}/erase"] = Manager,
        ["GET /api/v1/clients"] = Manager,
        ["POST /api/v1/clients"] = Manager,
        ["DELETE /api/v1/clients/{id}"] = Manager,
        ["POST /api/v1/token"] = All,

        // The community's tables.
        ["GET /openapi/{documentName}.json"] = All,
        ["GET /api/v1/community"] = All,
        ["GET /api/v1/rules"] = All,
        ["GET /api/v1/prices"] = All,
        ["GET /api/v1/market/periods"] = All,
        ["GET /api/v1/market/periods/{start}"] = All,
        ["GET /api/v1/me/home"] = Member,
        ["GET /api/v1/me/today"] = Member,
        ["GET /api/v1/me/energy"] = Member,
        ["GET /api/v1/me/energy.csv"] = Member,
        ["GET /api/v1/me/orders"] = Member,
        ["GET /api/v1/me/trades"] = Member,
        ["GET /api/v1/me/wallet"] = Member,
        ["GET /api/v1/me/wallet/entries"] = Member,
        ["GET /api/v1/me/bills"] = Member,
        ["GET /api/v1/me/bills/lines"] = Member,
        ["GET /api/v1/me/invoices"] = Member,
        ["GET /api/v1/me/invoices/{id}"] = Member,
        ["GET /api/v1/me/invoices/{id}.csv"] = Member,
        ["GET /api/v1/invoices"] = Manager,
        ["GET /api/v1/invoices/{id}"] = Manager,
        ["GET /api/v1/invoices/{id}.csv"] = Manager,
        ["GET /api/v1/overview"] = Checkers,
        ["GET /api/v1/meters"] = Checkers,
        ["GET /api/v1/members"] = Checkers,
        ["GET /api/v1/settlement"] = Settling,
        ["GET /api/v1/settlement.csv"] = Settling,
        ["GET /api/v1/settlement/periods"] = Settling,
        ["GET /api/v1/grid"] = ["manager", "dso", "auditor"],

        // The ledger for people to look at.
        ["GET /api/v1/ledger/blocks"] = All,
        ["GET /api/v1/ledger/blocks/{height:long}"] = All,
        ["GET /api/v1/ledger/transactions/{id}"] = All,
        ["GET /api/v1/ledger/addresses/{address}"] = All,
        ["GET /api/v1/ledger/accounts/{address}"] = All,
        ["GET /api/v1/ledger/search"] = All,
        ["GET /api/v1/ledger/genesis"] = All,
        ["GET /api/v1/ledger/validators"] = All,
        ["GET /api/v1/ledger/transactions/{id}/proof"] = All,
        ["GET /api/v1/ledger/events/{height:long}/{index:long}"] = All,
        ["GET /api/v1/ledger/events/{height:long}/{index:long}/proof"] = All,
        ["GET /api/v1/ledger/accounts/{address}/proof"] = All,
        ["GET /api/v1/live"] = All,

        // Readings, mandates, the demo, what the node counts, the pages.
        ["POST /api/v1/readings"] = [Gateway],
        ["GET /api/v1/me/readings"] = Member,
        ["GET /api/v1/gateway"] = People,
        ["GET /api/v1/agent"] = People,
        ["GET /api/v1/me/mandate"] = Member,
        ["GET /api/v1/demo/people"] = All,
        ["POST /api/v1/demo/sign-in"] = All,
        // Asked from the machine itself; WholeNodeTests asks as others do.
        ["GET /metrics"] = All,
        ["GET /{*path}"] = All,

        // The one that the tests add.
        ["GET /api/v1/forgotten"] = [],
    };
}
