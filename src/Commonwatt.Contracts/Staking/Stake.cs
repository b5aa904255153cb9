using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Staking;

/// <summary>What a member stakes, and behind which validator.</summary>
/// <remarks>Source 003, section 3: the stake stands for the rewards a member has had, and their age counts beside their size (the coin age of PPCoin).</remarks>
public sealed class Stake : ICanonical<Stake>
{
    // More would make an entry that is dear to read; the ages of the oldest are much alike by then.
    private const int MostBonds = 50;

    // Kept as bytes: a recount reads every stake, and finding a key's point costs far more than all else of it.
    private readonly byte[] key;
    private readonly Bond[] bonds;

    private Stake(byte[] key, Bond[] bonds)
    {
        this.key = key;
        this.bonds = bonds;
        Validator = new Address(Hash.Of(key).ToArray().AsSpan(0, Address.Size));
    }

    /// <summary>The validator that has its power.</summary>
    public Address Validator { get; }

    /// <summary>The stakes of several times, the oldest first; at least one.</summary>
    public IReadOnlyList<Bond> Bonds => bonds;

    /// <summary>All of it together.</summary>
    public Money Total
    {
        get
        {
            Money total = Money.Zero;
            foreach (Bond bond in bonds)
            {
                total += bond.Amount;
            }

            return total;
        }
    }

    /// <summary>The key of the validator.</summary>
    public PublicKey Key() => PublicKey.FromCompressed(key);

    /// <summary>What the stake weighs: each amount by a quarter at first, growing in a straight line to all of it at maturity; rounded down once, and 1 at least.</summary>
    /// <param name="now">Not before any bond.</param>
    /// <param name="maturity">After how long a bond counts fully; more than zero.</param>
    public long WeightAt(Instant now, TimeSpan maturity)
    {
        Int128 quarters = 0;
        foreach (Bond bond in bonds)
        {
            long age = long.Min((now - bond.Since).Ticks, maturity.Ticks);
            quarters += (Int128)bond.Amount.Micros * (maturity.Ticks + (3 * age));
        }

        return long.Max(1, (long)(quarters / (4 * (Int128)maturity.Ticks)));
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Fixed(key);
        writer.UInt16((ushort)bonds.Length);
        foreach (Bond bond in bonds)
        {
            bond.Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public static Stake Read(ref CanonicalReader reader)
    {
        byte[] key = reader.Fixed(PublicKey.Size).ToArray();
        var bonds = new Bond[reader.UInt16()];
        for (int index = 0; index < bonds.Length; index++)
        {
            bonds[index] = Bond.Read(ref reader);
        }

        return new Stake(key, bonds);
    }

    /// <summary>A first stake behind a validator.</summary>
    public static Stake Behind(PublicKey key, Bond bond)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new Stake(key.Compressed.ToArray(), [bond]);
    }

    /// <summary>This stake and one bond more. Where there are many, the two oldest become one that is as old as the younger of them.</summary>
    /// <param name="bond">Not older than any that is there.</param>
    public Stake With(Bond bond)
    {
        var more = new List<Bond>(bonds) { bond };
        if (more.Count > MostBonds)
        {
            more[1] = more[1] with { Amount = more[0].Amount + more[1].Amount };
            more.RemoveAt(0);
        }

        return new Stake(key, [.. more]);
    }

    /// <summary>What is left when an amount is taken out, the youngest first; null where nothing is left.</summary>
    /// <param name="amount">More than zero, and not more than all.</param>
    public Stake? Without(Money amount)
    {
        var rest = new List<Bond>();
        Money left = Total - amount;
        foreach (Bond bond in bonds)
        {
            if (left > Money.Zero)
            {
                rest.Add(bond with { Amount = Money.Min(bond.Amount, left) });
                left -= bond.Amount;
            }
        }

        return rest.Count == 0 ? null : new Stake(key, [.. rest]);
    }
}
