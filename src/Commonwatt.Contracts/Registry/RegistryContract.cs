using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Registry;

/// <summary>Who takes part, under which address, with which assets and meter, and what those can carry.</summary>
/// <remarks>
/// Source 001, table 9 keeps members (name, e-mail, <c>IDgrid</c>, balance) and resources (<c>RESid</c>, <c>ownerid</c>) together. Here names
/// stay off the ledger: the <c>IDgrid</c> is an address, and the balance is the wallet's.
/// </remarks>
public sealed class RegistryContract : Contract
{
    // A settlement reads and writes some tens of entries a member at most, and a scheduled call may make ten million.
    private const int MostMembers = 100_000;
    private const int MostAssets = 100;
    private const long MostMetres = 1_000_000_000;

    private readonly GovernanceContract governance;
    private readonly Table<MemberNumber, Member> members;
    private readonly Table<Address, MemberNumber> numbers;
    private readonly Table<AssetKey, Asset> assets;
    private readonly Table<Address, Meter> meters;
    private readonly Table<MemberNumber, Address> metersOfMembers;
    private readonly Table<Address, Count> gateways;
    private readonly Table<MemberPair, Count> distances;
    private readonly Table<Address, Count> count;

    /// <summary>The contract.</summary>
    public RegistryContract(GovernanceContract governance)
        : base("registry")
    {
        this.governance = governance;
        members = Table<MemberNumber, Member>("members");
        numbers = Table<Address, MemberNumber>("numbers");
        assets = Table<AssetKey, Asset>("assets");
        meters = Table<Address, Meter>("meters");
        metersOfMembers = Table<MemberNumber, Address>("meters-of-members");
        gateways = Table<Address, Count>("gateways");
        distances = Table<MemberPair, Count>("distances");
        count = Table<Address, Count>("count");
        OnByManager("register-member", Wire.RegisterMember.Parser, RegisterMember);
        OnByManager("suspend-member", Wire.SuspendMember.Parser, SuspendMember);
        OnByManager("register-asset", Wire.RegisterAsset.Parser, RegisterAsset);
        OnByManager("remove-asset", Wire.RemoveAsset.Parser, RemoveAsset);
        OnByManager("register-meter", Wire.RegisterMeter.Parser, RegisterMeter);
        OnByManager("set-distance", Wire.SetDistance.Parser, SetDistance);
    }

    /// <summary>Whether somebody is a member, a meter or a gateway of the community.</summary>
    public bool Knows(StateReader state, Address address) =>
        numbers.Has(state, address) || meters.Has(state, address) || gateways.Has(state, address);

    /// <summary>Finds a member by address.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFindMember(StateReader state, Address address, out MemberId id, out Member member)
    {
        member = null!;
        bool found = numbers.TryFind(state, address, out MemberNumber number) && members.TryFind(state, number, out member);
        id = number.Id;
        return found;
    }

    /// <summary>The member with a number, who must exist.</summary>
    public Member MemberWith(StateReader state, MemberId id) =>
        members.TryFind(state, new MemberNumber(id), out Member member)
            ? member
            : throw new BrokenInvariantException($"There is no member {id.Value}.");

    /// <summary>All members by number.</summary>
    public IReadOnlyList<KeyValuePair<MemberNumber, Member>> Members(StateReader state) => members.All(state);

    /// <summary>How many members there are.</summary>
    public int MemberCount(StateReader state) => (int)count.FindOr(state, Address.Nobody, default).Value;

    /// <summary>Finds a meter.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFindMeter(StateReader state, Address address, out Meter meter) => meters.TryFind(state, address, out meter);

    /// <summary>A member's meter, or null where he has none.</summary>
    public Address? MeterOf(StateReader state, MemberId member) =>
        metersOfMembers.TryFind(state, new MemberNumber(member), out Address meter) ? meter : null;

    /// <summary>How far apart two members are, in metres; as far as can be where nobody has said.</summary>
    public long Distance(StateReader state, MemberId one, MemberId other) =>
        (long)distances.FindOr(state, new MemberPair(one, other), new Count((ulong)MostMetres)).Value;

    private void OnByManager<TArguments>(
        string method, Google.Protobuf.MessageParser<TArguments> parser, Func<CallContext, TArguments, Outcome> rule)
        where TArguments : Google.Protobuf.IMessage<TArguments> =>
        On(method, parser, (context, call) => governance.RequireManager(context) is { IsDone: false } refused ? refused : rule(context, call));

    private Outcome RegisterMember(CallContext context, RegisterMember call)
    {
        Address address = Addresses.From(call.Member);
        var connection = new Power(call.ConnectionW);
        if (connection <= Power.Zero || connection > CommunityLimits.HighestPower)
        {
            return Outcome.Refused("wrong-capacity", $"A connection carries more than 0 kW and at most {CommunityLimits.HighestPower}, not {connection}.");
        }

        if (call.SharingWeight is < 0 or > 1_000_000_000 || call.SharingTier > 100)
        {
            return Outcome.Refused("wrong-share", "A sharing weight is 0 to 1000000000 and a tier 0 to 100.");
        }

        if (address == Address.Nobody || CommunityAccounts.Has(address))
        {
            return Outcome.Refused("wrong-address", $"{address} is nobody's or an account of the community's own: a member has an address of a key.");
        }

        if (numbers.TryFind(context, address, out MemberNumber known))
        {
            Member before = MemberWith(context, known.Id);
            return Put(context, known.Id, before with { Connection = connection, SharingWeight = call.SharingWeight, SharingTier = call.SharingTier });
        }

        ulong number = (ulong)MemberCount(context) + 1;
        if (number > MostMembers)
        {
            return Outcome.Refused("too-many", $"A ledger has at most {MostMembers} members.");
        }

        count.Put(context, Address.Nobody, new Count(number));
        var id = new MemberId((long)number);
        numbers.Put(context, address, new MemberNumber(id));
        return Put(context, id, new Member(address, connection, Power.Zero, call.SharingWeight, call.SharingTier, IsSuspended: false));
    }

    private Outcome SuspendMember(CallContext context, SuspendMember call) =>
        TryFindMember(context, Addresses.From(call.Member), out MemberId id, out Member member)
            ? Put(context, id, member with { IsSuspended = call.Suspended })
            : NoMember(Addresses.From(call.Member));

    private Outcome RegisterAsset(CallContext context, RegisterAsset call)
    {
        Address owner = Addresses.From(call.Member);
        if (!TryFindMember(context, owner, out MemberId id, out Member member))
        {
            return NoMember(owner);
        }

        var power = new Power(call.PowerW);
        if (power <= Power.Zero || power > CommunityLimits.HighestPower)
        {
            return Outcome.Refused("wrong-capacity", $"An asset delivers more than 0 kW and at most {CommunityLimits.HighestPower}, not {power}.");
        }

        if (call.Name.Length is 0 or > 64 || !Asset.Kinds.Contains(call.Kind))
        {
            return Outcome.Refused("wrong-asset", $"An asset has a name of 1 to 64 characters and a kind out of {string.Join(", ", Asset.Kinds)}.");
        }

        var key = new AssetKey(owner, call.Name);
        Power before = assets.TryFind(context, key, out Asset known) ? known.Power : Power.Zero;
        if (before.IsZero && assets.StartingWith(context, owner).Count >= MostAssets)
        {
            return Outcome.Refused("too-many", $"A member has at most {MostAssets} assets: remove one first.");
        }

        assets.Put(context, key, new Asset(call.Kind, power));
        return Put(context, id, member with { Generation = member.Generation - before + power });
    }

    private Outcome RemoveAsset(CallContext context, RemoveAsset call)
    {
        Address owner = Addresses.From(call.Member);
        var key = new AssetKey(owner, call.Name);
        if (!TryFindMember(context, owner, out MemberId id, out Member member) || !assets.TryFind(context, key, out Asset known))
        {
            return Outcome.Refused("no-such-asset", $"{owner} has no asset '{call.Name}'.");
        }

        assets.Remove(context, key);
        return Put(context, id, member with { Generation = member.Generation - known.Power });
    }

    private Outcome RegisterMeter(CallContext context, RegisterMeter call)
    {
        Address address = Addresses.From(call.Meter);
        Address owner = Addresses.From(call.Member);
        Address gateway = call.Gateway.IsEmpty ? Address.Nobody : Addresses.From(call.Gateway);
        if (!TryFindMember(context, owner, out MemberId id, out _))
        {
            return NoMember(owner);
        }

        if (meters.TryFind(context, address, out Meter known) && known.Member != id)
        {
            return Outcome.Refused("meter-taken", $"The meter {address} is registered for another member.");
        }

        // One meter a member: the new one takes the place of the old.
        if (metersOfMembers.TryFind(context, new MemberNumber(id), out Address old))
        {
            Forget(context, old);
        }

        meters.Put(context, address, new Meter(id, gateway));
        metersOfMembers.Put(context, new MemberNumber(id), address);
        if (gateway != Address.Nobody)
        {
            gateways.Put(context, gateway, new Count(gateways.FindOr(context, gateway, default).Value + 1));
        }

        return Outcome.Done;
    }

    private void Forget(CallContext context, Address meter)
    {
        meters.TryFind(context, meter, out Meter known);
        meters.Remove(context, meter);
        if (known.Gateway == Address.Nobody)
        {
            return;
        }

        ulong left = gateways.FindOr(context, known.Gateway, default).Value - 1;
        if (left == 0)
        {
            gateways.Remove(context, known.Gateway);
        }
        else
        {
            gateways.Put(context, known.Gateway, new Count(left));
        }
    }

    private Outcome SetDistance(CallContext context, SetDistance call)
    {
        Address one = Addresses.From(call.One);
        Address other = Addresses.From(call.Other);
        if (call.Metres is < 0 or > MostMetres)
        {
            return Outcome.Refused("wrong-distance", $"A distance is 0 to {MostMetres} metres, not {call.Metres}.");
        }

        if (!TryFindMember(context, one, out MemberId first, out _))
        {
            return NoMember(one);
        }

        if (!TryFindMember(context, other, out MemberId second, out _))
        {
            return NoMember(other);
        }

        distances.Put(context, new MemberPair(first, second), new Count((ulong)call.Metres));
        return Outcome.Done;
    }

    private Outcome Put(CallContext context, MemberId id, Member member)
    {
        members.Put(context, new MemberNumber(id), member);
        context.Emit(new MemberRegistered(id, member));
        return Outcome.Done;
    }

    private static Outcome NoMember(Address address) =>
        Outcome.Refused("no-such-member", $"{address} is no member of this community: register the member first.");
}
