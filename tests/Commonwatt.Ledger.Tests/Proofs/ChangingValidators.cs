using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

/// <summary>A ledger of four validators, then of five others, then of four others again, two of whom had stayed.</summary>
internal sealed class ChangingValidators
{
    public ChangingValidators()
    {
        Chain.Know([.. Five, .. OtherFour]);
        TransactionBuilder alice = Builder(Chain.Genesis, Alice);
        Extend(2);
        Chain.Add(alice.Build(Chain.Now, SetValidators(Five)));
        Extend(1);
        Chain.Rotate(Five);
        Extend(4);
        Chain.Add(alice.Build(Chain.Now, SetValidators(OtherFour)));
        Extend(1);
        Chain.Rotate(OtherFour);
        Extend(3);
    }

    public static SigningKey[] Five { get; } = [.. Enumerable.Range(0, 5).Select(index => SigningKey.FromSeed($"newcomer {index}"))];

    public static SigningKey[] OtherFour { get; } = [Five[1], Five[3], SigningKey.FromSeed("latecomer 0"), SigningKey.FromSeed("latecomer 1")];

    /// <summary>The first height of the five.</summary>
    public static ulong FirstOfFive => 5;

    /// <summary>The first height of the other four.</summary>
    public static ulong FirstOfOtherFour => 11;

    public CertifiedChain Chain { get; } = new();

    public ulong Tip => Chain.Blocks[^1].Certified.Header.Height;

    public Hash LedgerId => Chain.Genesis.Id;

    /// <summary>The ledger's headers as a file.</summary>
    public byte[] File(HeaderInterval? interval = null)
    {
        using var file = new MemoryStream();
        var export = new HeaderExport(file, interval ?? HeaderInterval.OfBlocks(1));
        Chain.Blocks.ForEach(export.Take);
        export.End();
        return file.ToArray();
    }

    /// <summary>These steps as a file.</summary>
    public byte[] File(params IEnumerable<FollowStep> steps)
    {
        using var file = new MemoryStream();
        HeaderFile.Begin(file, Chain.Genesis);
        foreach (FollowStep step in steps)
        {
            HeaderFile.Append(file, step);
        }

        return file.ToArray();
    }

    public FollowStep Header(ulong height) => new FollowStep.Next(Chain.Blocks[(int)height].Certified);

    public FollowStep Change(ulong shownBy, ulong from) =>
        new FollowStep.Change(StateProof.Of(Chain.Blocks[(int)shownBy], SystemTables.Validators.StateKey(new Count(from))));

    public HeaderFollower Follow(byte[] file, int threads = 2)
    {
        using var stream = new MemoryStream(file, writable: false);
        return HeaderFollower.Follow(stream, LedgerId, threads);
    }

    public HeaderFollower Follow(byte[] file, ValidatorSet validators, ulong? height)
    {
        using var stream = new MemoryStream(file, writable: false);
        return HeaderFollower.Follow(stream, new TrustedValidators(LedgerId, validators, height), threads: 2);
    }

    private void Extend(int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            Chain.Add();
        }
    }
}
