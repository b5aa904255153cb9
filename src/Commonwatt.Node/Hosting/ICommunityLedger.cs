using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Hosting;

/// <summary>A community's ledger as those see it who act on it for others: the gateway of meters, the agent of members.</summary>
internal interface ICommunityLedger
{
    /// <summary>What the ledger begins with.</summary>
    LedgerGenesis Genesis { get; }

    /// <summary>The contracts, to read the state with.</summary>
    CommunityRules Rules { get; }

    /// <summary>The state after the newest final block that is known; null before there is one. It holds what every transaction did whose answer was given.</summary>
    StateReader? State { get; }

    /// <summary>Hands a transaction in, and waits for its answer.</summary>
    Task<TransactionAnswer> SubmitAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel);
}

/// <summary>The ledger of a running node.</summary>
/// <param name="host">The node.</param>
internal sealed class HostedLedger(LedgerHost host) : ICommunityLedger
{
    /// <inheritdoc/>
    public LedgerGenesis Genesis => host.Genesis;

    /// <inheritdoc/>
    public CommunityRules Rules { get; } = new();

    /// <inheritdoc/>
    public StateReader? State => host.State;

    /// <inheritdoc/>
    public Task<TransactionAnswer> SubmitAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel) =>
        host.SubmitAsync(transaction, patience, cancel);
}

/// <summary>A sender's transactions, each with a nonce above all that the ledger has seen of him.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="key">The sender's key.</param>
internal sealed class LedgerSender(ICommunityLedger ledger, SigningKey key)
{
    private readonly TransactionBuilder builder = new(ledger.Genesis.Id, key, ledger.Genesis.HasSignatures);

    /// <summary>The sender.</summary>
    public Address Address => key.Address;

    /// <summary>Signs a transaction of these calls.</summary>
    /// <param name="now">The community's time.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="lastNonce">A nonce that is used already, as far as the sender remembers more than the ledger.</param>
    public SignedTransaction Sign(Instant now, IEnumerable<Ledger.Wire.Call> calls, ulong lastNonce = 0)
    {
        if (ledger.State is { } state)
        {
            builder.ContinueAfter(SystemTables.Nonces.FindOr(state, key.Address, default).Value);
        }

        builder.ContinueAfter(lastNonce);
        return builder.Build(now, [.. calls]);
    }
}
