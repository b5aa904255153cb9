namespace Commonwatt.Markets.Settlement;

/// <summary>What kind of party pays or is paid.</summary>
public enum PartyKind : byte
{
    /// <summary>A member of the community.</summary>
    Member,

    /// <summary>The utility that sells at the retail tariff and buys at the feed-in tariff.</summary>
    Utility,

    /// <summary>The operator of the distribution grid, who gets the local grid fee.</summary>
    Dso,

    /// <summary>The community's own fund, which gets the penalties.</summary>
    CommunityFund,
}

/// <summary>Somebody who pays or is paid.</summary>
/// <remarks>Ordered: members by their number, then the utility, the DSO and the community fund.</remarks>
public readonly record struct Party : IComparable<Party>
{
    /// <summary>The utility.</summary>
    public static readonly Party Utility = new(PartyKind.Utility, default);

    /// <summary>The distribution system operator.</summary>
    public static readonly Party Dso = new(PartyKind.Dso, default);

    /// <summary>The community fund.</summary>
    public static readonly Party CommunityFund = new(PartyKind.CommunityFund, default);

    private Party(PartyKind kind, MemberId memberId)
    {
        Kind = kind;
        MemberId = memberId;
    }

    /// <summary>What kind of party this is.</summary>
    public PartyKind Kind { get; }

    /// <summary>The member's number; zero where this is no member.</summary>
    public MemberId MemberId { get; }

    /// <summary>The party that a member is.</summary>
    public static Party Member(MemberId member) => new(PartyKind.Member, member);

    /// <inheritdoc/>
    public int CompareTo(Party other)
    {
        int byKind = ((byte)Kind).CompareTo((byte)other.Kind);
        return byKind != 0 ? byKind : MemberId.CompareTo(other.MemberId);
    }

    /// <summary>The member's number, or the kind of party: <c>member 7</c>, <c>Utility</c>.</summary>
    public override string ToString() => Kind == PartyKind.Member ? $"member {MemberId.Value}" : Kind.ToString();
}
