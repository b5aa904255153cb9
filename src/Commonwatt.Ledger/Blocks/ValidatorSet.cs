using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Blocks;

/// <summary>One validator: its key and how much its signature weighs.</summary>
/// <param name="Key">The public key it signs with.</param>
/// <param name="Power">Its voting power, from 1.</param>
public sealed record ValidatorMember(PublicKey Key, ulong Power)
{
    /// <summary>The validator's address.</summary>
    public Address Address { get; } = Address.Of(Key);
}

/// <summary>The validators of a ledger at some height, by ascending address.</summary>
public sealed class ValidatorSet : ICanonical<ValidatorSet>
{
    private const int MostMembers = 1000;

    private readonly ValidatorMember[] members;

    /// <summary>A set of validators, in any order.</summary>
    /// <exception cref="ArgumentException">There is none, more than 1,000, one twice, or one without power.</exception>
    public ValidatorSet(IEnumerable<ValidatorMember> members)
    {
        this.members = [.. members.OrderBy(member => member.Address)];
        if (this.members.Length is 0 or > MostMembers)
        {
            throw new ArgumentException($"A ledger has 1 to {MostMembers} validators, not {this.members.Length}.", nameof(members));
        }

        for (int index = 0; index < this.members.Length; index++)
        {
            if (this.members[index].Power is 0 or > int.MaxValue)
            {
                throw new ArgumentException($"The validator {this.members[index].Address} needs a voting power of 1 to {int.MaxValue}.", nameof(members));
            }

            if (index > 0 && this.members[index].Address == this.members[index - 1].Address)
            {
                throw new ArgumentException($"The validator {this.members[index].Address} is listed twice.", nameof(members));
            }
        }

        foreach (ValidatorMember member in this.members)
        {
            TotalPower += member.Power;
        }
    }

    /// <summary>The validators by ascending address.</summary>
    public IReadOnlyList<ValidatorMember> Members => members;

    /// <summary>The power of all together.</summary>
    public ulong TotalPower { get; }

    /// <summary>The validator with this address, or null.</summary>
    public ValidatorMember? Find(Address address) => Array.Find(members, member => member.Address == address);

    /// <summary>Whether this much power is more than two thirds of all.</summary>
    public bool IsQuorum(ulong power) => (UInt128)power * 3 > (UInt128)TotalPower * 2;

    /// <summary>SHA-256 over the encoded set.</summary>
    public Hash SetHash() => Hash.Of(CanonicalWriter.Encode(this));

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt16((ushort)members.Length);
        foreach (ValidatorMember member in members)
        {
            writer.Fixed(member.Key.Compressed);
            writer.UInt64(member.Power);
        }
    }

    /// <inheritdoc/>
    public static ValidatorSet Read(ref CanonicalReader reader)
    {
        var read = new List<ValidatorMember>();
        int count = reader.UInt16();
        for (int index = 0; index < count; index++)
        {
            read.Add(new ValidatorMember(PublicKey.FromCompressed(reader.Fixed(PublicKey.Size)), reader.UInt64()));
            if (index > 0 && read[index].Address.CompareTo(read[index - 1].Address) <= 0)
            {
                throw new MalformedBytesException("The validators of a set stand by ascending address.");
            }
        }

        try
        {
            return new ValidatorSet(read);
        }
        catch (ArgumentException exception)
        {
            throw new MalformedBytesException(exception.Message, exception);
        }
    }
}
