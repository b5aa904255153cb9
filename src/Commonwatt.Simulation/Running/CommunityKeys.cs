using Commonwatt.Ledger.Keys;

namespace Commonwatt.Simulation.Running;

/// <summary>The keys of a simulated community. They come from its seed, so that a run can be repeated; they guard nothing.</summary>
/// <param name="scenario">The scenario's name.</param>
/// <param name="seed">The scenario's seed.</param>
internal sealed class CommunityKeys(string scenario, ulong seed)
{
    /// <summary>The key of the one validator.</summary>
    public SigningKey Validator() => Of("validator");

    /// <summary>The key of the community's manager.</summary>
    public SigningKey Manager() => Of("manager");

    /// <summary>The key of the gateway that reports for all meters.</summary>
    public SigningKey Gateway() => Of("gateway");

    /// <summary>The key of the grid operator's control room.</summary>
    public SigningKey GridOperator() => Of("grid-operator");

    /// <summary>The key of the agent that bids for members who want it.</summary>
    public SigningKey Agent() => Of("agent");

    /// <summary>A member's key.</summary>
    public SigningKey Member(string id) => Of($"member/{id}");

    /// <summary>The address of a member's meter, which leaves signing to the gateway.</summary>
    public Address Meter(string id) => Address.OfName($"{scenario}/{seed}/meter/{id}");

    private SigningKey Of(string role) => SigningKey.FromSeed($"{scenario}/{seed}/{role}");
}
