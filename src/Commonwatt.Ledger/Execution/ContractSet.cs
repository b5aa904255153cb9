using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Execution;

/// <summary>The contracts that are in force together: one version of a ledger's rules.</summary>
/// <param name="version">The version, from 1. Old ones stay in the build for ever, for they replay old blocks.</param>
/// <param name="contracts">The contracts.</param>
/// <param name="maySend">Who may send transactions at all.</param>
public sealed class ContractSet(uint version, IEnumerable<Contract> contracts, Func<StateReader, Address, bool> maySend)
{
    private readonly Dictionary<string, Contract> byName = contracts.ToDictionary(contract => contract.Name, StringComparer.Ordinal);

    /// <summary>The version of the rules.</summary>
    public uint Version => version;

    /// <summary>The contract with this name, or null.</summary>
    public Contract? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Whether somebody is known to the ledger.</summary>
    public bool MaySend(StateReader state, Address sender) => maySend(state, sender);
}

/// <summary>Every version of the rules that this build knows.</summary>
/// <param name="versions">The versions, in any order.</param>
public sealed class ContractCatalog(params IEnumerable<ContractSet> versions)
{
    private readonly Dictionary<uint, ContractSet> byVersion = versions.ToDictionary(set => set.Version);

    /// <summary>The rules of a version, or null where this build is too old (or too new) to know them.</summary>
    public ContractSet? Find(uint version) => byVersion.GetValueOrDefault(version);
}
