using Commonwatt.Faults.Sample;

namespace Commonwatt.Faults;

/// <summary>What must hold in every run, whatever fails. Each finding ends the run.</summary>
/// <param name="honest">Whether the validator with a number keeps to the rules.</param>
internal sealed class RunChecks(Func<int, bool> honest)
{
    private readonly Dictionary<ulong, BlockHeader> final = [];
    private readonly Dictionary<(int Validator, ulong Height), ulong> told = [];
    private readonly Dictionary<(int Validator, ulong Height), Hash> signed = [];
    private readonly Dictionary<Hash, ulong> admitted = [];

    /// <summary>The latest time any honest clock has shown.</summary>
    public Instant LatestHonestClock { get; set; } = SampleLedger.Start;

    /// <summary>How often it was noticed that a validator signed two headers.</summary>
    public int Equivocations { get; private set; }

    /// <summary>How often it was noticed that another header was signed than one computed.</summary>
    public int Divergences { get; private set; }

    /// <summary>How many nodes stopped because the others made another block final.</summary>
    public int Stops { get; private set; }

    /// <summary>How many blocks are final somewhere.</summary>
    public int FinalBlocks => final.Count;

    /// <summary>Transactions that somebody was told to be final and admitted.</summary>
    public IReadOnlyDictionary<Hash, ulong> Admitted => admitted;

    /// <summary>A node tells that a block is final.</summary>
    public void Hear(SimulatedValidator validator, FinalBlock block)
    {
        ulong height = block.Header.Height;
        Require(final.TryAdd(height, block.Header) || final[height] == block.Header, $"Two headers are final at height {height}.");
        Require(told.TryAdd((validator.Number, height), height), $"The validator {validator.Number} told height {height} twice.");
        Require(block.Certificate.FindFault(block.Header, block.Executed.Validators) is null, $"Height {height} was told without a certificate.");
        Require(block.Header.Time <= LatestHonestClock, $"The time of block {height} is {block.Header.Time}, later than any honest clock.");
        Require(SampleLedger.Token.Total(new StateView(block.Executed.State)) == 0, $"Money was made or lost in block {height}.");
        if (told.Count(one => one.Key.Height == height) == 1)
        {
            NoteAdmitted(block);
        }
    }

    /// <summary>A node was started: what it had told it must still have.</summary>
    public void Recovered(SimulatedValidator validator)
    {
        ulong? newest = validator.Node!.FinalHeight;
        foreach ((int _, ulong height) in told.Keys.Where(one => one.Validator == validator.Number))
        {
            Require(newest >= height, $"The validator {validator.Number} told height {height} and lost it.");
        }

        if (newest is { } tip && final.TryGetValue(tip, out BlockHeader? header))
        {
            Require(validator.Node.Tip == header, $"The validator {validator.Number} recovered another block {tip} than is final.");
        }
    }

    /// <summary>A node says something to the others.</summary>
    public void HearVote(int sender, ReadOnlyMemory<byte> message)
    {
        if (!honest(sender) || FinalityMessage.Decode(message.Span, LedgerId) is not { Vote: { } vote })
        {
            return;
        }

        (int, ulong) place = (sender, vote.Header.Height);
        Require(signed.TryAdd(place, vote.HeaderHash) || signed[place] == vote.HeaderHash, $"The honest validator {sender} signed two headers at height {vote.Header.Height}.");
    }

    /// <summary>The ledger that the run is about.</summary>
    public Hash LedgerId { get; set; }

    /// <summary>A node notices something about others.</summary>
    public void Hear(FinalityNotice notice)
    {
        Equivocations += notice.Evidence is null ? 0 : 1;
        Divergences += notice is { Evidence: null, Other: not null } ? 1 : 0;
    }

    /// <summary>A node stopped by itself.</summary>
    public void HearStop(SimulatedValidator validator, string reason)
    {
        Require(reason.Contains("signed another header", StringComparison.Ordinal), $"The validator {validator.Number} stopped: {reason}");
        Stops++;
    }

    /// <summary>Ends the run where something that must hold does not.</summary>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaultFoundException(otherwise);
        }
    }

    private void NoteAdmitted(FinalBlock block)
    {
        foreach (Receipt receipt in block.Executed.Receipts.Where(one => one.Origin == CallOrigin.Transaction && IsAdmission(one)))
        {
            Require(admitted.TryAdd(receipt.Subject, block.Header.Height), $"A transaction was executed twice: in block {block.Header.Height} and before.");
        }
    }

    private static bool IsAdmission(Receipt receipt) =>
        receipt.Outcome.IsDone || receipt.Outcome.Code is not ("nonce-used" or "expired" or "expires-too-late" or "bad-signature" or "wrong-ledger" or "unknown-sender");
}

/// <summary>Something that must hold in every run does not.</summary>
internal sealed class FaultFoundException(string message) : Exception(message);
