namespace Commonwatt.Faults;

/// <summary>Draws who is a validator, and with how much power. Validator 0, whose clock is wrong and who may lie, never has more than a third.</summary>
/// <param name="keys">The keys of all machines.</param>
/// <param name="mayHaveThird">Whether validator 0 may have exactly a third: then it forges nothing yet, but may keep the ledger from going on.</param>
internal sealed class ClusterPowers(IReadOnlyList<SigningKey> keys, bool mayHaveThird)
{
    private const ulong MostPower = 3;

    /// <summary>All machines, with equal powers or with any.</summary>
    public ValidatorSet All(Random random)
    {
        bool isEqual = random.Next(2) == 0;
        for (; ; isEqual = false)
        {
            var set = new ValidatorSet(keys.Select(key => new ValidatorMember(key.PublicKey, isEqual ? 1 : Power(random))));
            if (IsSafe(set))
            {
                return set;
            }
        }
    }

    /// <summary>Some machines, with any powers.</summary>
    public ValidatorSet Some(Random random)
    {
        while (true)
        {
            ValidatorMember[] chosen = [.. keys.Where(_ => random.Next(4) > 0).Select(key => new ValidatorMember(key.PublicKey, Power(random)))];
            if (chosen.Length > 0 && new ValidatorSet(chosen) is { } set && IsSafe(set))
            {
                return set;
            }
        }
    }

    private bool IsSafe(ValidatorSet set)
    {
        ulong power = set.Find(keys[0].Address)?.Power ?? 0;
        return power * 3 < set.TotalPower || (mayHaveThird && power * 3 == set.TotalPower);
    }

    private static ulong Power(Random random) => (ulong)random.NextInt64(1, (long)MostPower + 1);
}
