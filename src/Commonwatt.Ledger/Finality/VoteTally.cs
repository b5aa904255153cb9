using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Finality;

/// <summary>The votes heard for each height, one a validator, and the certificates that they make.</summary>
internal sealed class VoteTally
{
    private const ulong Kept = 256;
    private const ulong Ahead = 1024;

    private readonly SortedDictionary<ulong, SortedDictionary<Address, Vote>> heights = [];
    private readonly HashSet<(ulong Height, Address Validator)> convicted = [];
    private ulong final;

    /// <summary>Whether a vote is for a height that still matters, and was not heard before.</summary>
    public bool IsNews(Vote vote) =>
        IsNear(vote.Header.Height)
        && !(Heard(vote.Header.Height, vote.Validator)?.HeaderHash == vote.HeaderHash);

    /// <summary>Takes in a vote whose signature is valid.</summary>
    /// <returns>Evidence, where the validator had signed another header of that height: once for each height.</returns>
    public Equivocation? Add(Vote vote)
    {
        if (!heights.TryGetValue(vote.Header.Height, out SortedDictionary<Address, Vote>? votes))
        {
            heights.Add(vote.Header.Height, votes = []);
        }

        if (!votes.TryGetValue(vote.Validator, out Vote? before))
        {
            votes.Add(vote.Validator, vote);
            return null;
        }

        Equivocation? evidence = Equivocation.Of(before, vote);
        return evidence is not null && convicted.Add((vote.Header.Height, vote.Validator)) ? evidence : null;
    }

    /// <summary>All votes heard for a height.</summary>
    public IReadOnlyCollection<Vote> VotesAt(ulong height) => heights.TryGetValue(height, out SortedDictionary<Address, Vote>? votes) ? votes.Values : [];

    /// <summary>The certificate of a header, as soon as its votes are enough; it holds no more signatures than it needs.</summary>
    public BlockCertificate? CertificateOf(ulong height, Hash headerHash, ValidatorSet validators)
    {
        var chosen = new List<(Address, byte[])>();
        ulong power = 0;
        foreach ((Vote vote, ulong weight) in VotesAt(height)
            .Where(vote => vote.HeaderHash == headerHash)
            .Select(vote => (vote, validators.Find(vote.Validator)?.Power ?? 0))
            .Where(one => one.Item2 > 0)
            .OrderByDescending(one => one.Item2))
        {
            chosen.Add((vote.Validator, vote.Signature.ToArray()));
            power += weight;
            if (validators.IsQuorum(power))
            {
                return BlockCertificate.Of(chosen);
            }
        }

        return null;
    }

    /// <summary>Whether validators with more than a third of the power, an honest one among them, signed a header above a height.</summary>
    public bool HasHonestVoteAbove(ulong height, ValidatorSet validators)
    {
        var powers = validators.Members.ToDictionary(member => member.Address, member => member.Power);
        return heights.Where(one => one.Key > height).Any(one => one.Value.Values
            .GroupBy(vote => vote.HeaderHash)
            .Any(votes => votes.Aggregate(UInt128.Zero, (power, vote) => power + powers.GetValueOrDefault(vote.Validator)) * 3 > validators.TotalPower));
    }

    /// <summary>Says that blocks up to a height are final: their votes are kept for a while, to catch who signs a second header.</summary>
    public void Settle(ulong height)
    {
        final = height;
        while (heights.Count > 0 && heights.Keys.First() + Kept <= height)
        {
            ulong old = heights.Keys.First();
            heights.Remove(old);
            convicted.RemoveWhere(one => one.Height == old);
        }
    }

    // Heights come from strangers: no sum of them may overflow.
    private bool IsNear(ulong height) => height >= final ? height - final < Ahead : final - height < Kept;

    private Vote? Heard(ulong height, Address validator) =>
        heights.TryGetValue(height, out SortedDictionary<Address, Vote>? votes) ? votes.GetValueOrDefault(validator) : null;
}
