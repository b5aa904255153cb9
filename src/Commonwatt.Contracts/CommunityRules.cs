using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Staking;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Execution;

namespace Commonwatt.Contracts;

/// <summary>The contracts of a community, version 1.</summary>
public sealed class CommunityRules
{
    /// <summary>The version of these rules.</summary>
    public const uint Version = 1;

    /// <summary>The contracts, put together.</summary>
    public CommunityRules()
    {
        Governance = new GovernanceContract();
        Registry = new RegistryContract(Governance);
        Wallet = new WalletContract(Governance, Registry);
        Staking = new StakingContract(Governance, Registry, Wallet);
        Metering = new MeteringContract(Governance, Registry);
        Mandates = new MandateContract(Registry);
        Market = new MarketContract(Governance, Registry, Wallet, Metering, Mandates);
        Contracts = new ContractSet(
            Version,
            [Governance, Registry, Wallet, Staking, Metering, Mandates, Market],
            // A validator may be nobody else to the community: reporting another's equivocation is all that it may do then. An agent may besides do what his mandates say.
            (state, sender) => Registry.Knows(state, sender)
                || Governance.HoldsAny(state, sender)
                || Governance.IsValidator(state, sender)
                || Mandates.IsAgent(state, sender));
    }

    /// <summary>Every version of the rules that this build knows.</summary>
    public static ContractCatalog Catalog { get; } = new([new CommunityRules().Contracts]);

    /// <summary>Who decides what.</summary>
    public GovernanceContract Governance { get; }

    /// <summary>Who takes part.</summary>
    public RegistryContract Registry { get; }

    /// <summary>Who has what.</summary>
    public WalletContract Wallet { get; }

    /// <summary>Who votes, where stake decides it.</summary>
    public StakingContract Staking { get; }

    /// <summary>What meters report.</summary>
    public MeteringContract Metering { get; }

    /// <summary>Who may trade in whose name.</summary>
    public MandateContract Mandates { get; }

    /// <summary>How energy is traded and settled.</summary>
    public MarketContract Market { get; }

    /// <summary>All of them, for a node to execute.</summary>
    public ContractSet Contracts { get; }
}
