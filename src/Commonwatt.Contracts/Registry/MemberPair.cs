using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Registry;

/// <summary>Two members, the lower number first.</summary>
public readonly record struct MemberPair : ICanonical<MemberPair>
{
    /// <summary>The pair of two members, in any order.</summary>
    public MemberPair(MemberId one, MemberId other)
    {
        bool inOrder = one.CompareTo(other) <= 0;
        Low = inOrder ? one : other;
        High = inOrder ? other : one;
    }

    /// <summary>The one with the lower number.</summary>
    public MemberId Low { get; }

    /// <summary>The one with the higher number.</summary>
    public MemberId High { get; }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Low.Value);
        writer.UInt32((uint)High.Value);
    }

    /// <inheritdoc/>
    public static MemberPair Read(ref CanonicalReader reader) => new(new MemberId(reader.UInt32()), new MemberId(reader.UInt32()));
}
