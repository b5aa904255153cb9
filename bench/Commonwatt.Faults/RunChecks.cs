using Commonwatt.Faults.Sample;
using Google.Protobuf.WellKnownTypes;

namespace Commonwatt.Faults;

/// <summary>What must hold in every run, whatever fails. Each finding ends the run.</summary>
/// <param name="liar">The validator that does not keep to the rules, or null.</param>
internal sealed class RunChecks(SigningKey? liar)
{
    private readonly SortedDictionary<ulong, BlockHeader> final = [];
    private readonly SortedDictionary<ulong, Hash> announced = [];
    private readonly Dictionary<int, ulong> told = [];
    private readonly Dictionary<(Address Validator, ulong Height), Hash> signed = [];
    private readonly Dictionary<Hash, ulong> admitted = [];
    private readonly HashSet<Hash> decided = [];
    private readonly HashSet<string> reminders = new(StringComparer.Ordinal);
    private readonly HashSet<Hash> published = [];
    private readonly HashSet<Hash> sent = [];
    private readonly HashSet<Hash> inFile = [];

    /// <summary>How much happened.</summary>
    public FaultCounts Counts { get; set; }

    /// <summary>The latest time any honest clock has shown.</summary>
    public Instant LatestHonestClock { get; set; } = SampleLedger.Start;

    /// <summary>The newest header that is final somewhere, or null.</summary>
    public BlockHeader? Tip => final.Count == 0 ? null : final.Values.Last();

    /// <summary>Whether a transaction was executed in a block that is final.</summary>
    public bool IsAdmitted(Hash transaction) => admitted.ContainsKey(transaction);

    /// <summary>Whether a transaction stands in a block that is final, executed or refused.</summary>
    public bool IsDecided(Hash transaction) => decided.Contains(transaction);

    /// <summary>Whether a transaction was found in a ledger file.</summary>
    public bool IsInFile(Hash transaction) => inFile.Contains(transaction);

    /// <summary>Looks into a ledger file: where every machine lost its power between writing a block and telling it, nobody ever told it.</summary>
    public void LookInto(SimulatedValidator validator) =>
        inFile.UnionWith(validator.BatchesInFile().SelectMany(batch => batch.Transactions).Select(transaction => transaction.Id));

    /// <summary>Whether a validator keeps to the rules.</summary>
    public bool IsHonest(Address validator) => validator != liar?.Address;

    /// <summary>A validator publishes a batch.</summary>
    public void HearBatch(SignedBatch batch) => published.Add(Hash.Of(batch.Bytes.Span));

    /// <summary>A member sends a transaction.</summary>
    public void HearTransaction(SignedTransaction transaction) => sent.Add(transaction.Id);

    /// <summary>A node tells that a block is final.</summary>
    public void Hear(SimulatedValidator validator, FinalBlock block)
    {
        ulong height = block.Header.Height;
        bool isNews = final.TryAdd(height, block.Header);
        Require(isNews || final[height] == block.Header, $"Two headers are final at height {height}.");
        Require(!told.TryGetValue(validator.Number, out ulong before) || height > before, $"The validator {validator.Number} told height {height} after height {before}.");
        told[validator.Number] = height;
        Require(
            validator.Disk.HasDurably(SimulatedValidator.FileName, CanonicalWriter.Encode(block.Header)),
            $"The validator {validator.Number} told height {height} before it was on its disk.");
        Require(CertificateCheck.IsEnough(block), $"Height {height} was told without signatures of more than two thirds of the power.");
        Require(block.Header.Time <= LatestHonestClock, $"The time of block {height} is {block.Header.Time}, later than any honest clock.");
        Require(SampleLedger.Token.Total(new StateView(block.Executed.State)) == 0, $"Money was made or lost in block {height}.");
        if (isNews)
        {
            Note(block);
        }
    }

    /// <summary>A node was started: what it had told it must still have.</summary>
    public void Recovered(SimulatedValidator validator)
    {
        ulong? newest = validator.Node!.FinalHeight;
        Require(!told.TryGetValue(validator.Number, out ulong height) || newest >= height, $"The validator {validator.Number} told height {height} and lost it.");
        if (newest is { } tip && final.TryGetValue(tip, out BlockHeader? header))
        {
            Require(validator.Node.Tip == header, $"The validator {validator.Number} recovered another block {tip} than is final.");
        }
    }

    /// <summary>A node says something to the others.</summary>
    public void HearVote(SimulatedValidator sender, Vote vote)
    {
        if (!IsHonest(sender.Key.Address))
        {
            return;
        }

        ulong height = vote.Header.Height;
        bool isNews = signed.TryAdd((vote.Validator, height), vote.HeaderHash);
        Require(isNews || signed[(vote.Validator, height)] == vote.HeaderHash, $"The honest validator {sender.Number} signed two headers at height {height}.");
        Require(
            !isNews || sender.Disk.HasDurably(VoteFile.Name, vote.Signature),
            $"The validator {sender.Number} sent its vote for height {height} before it was on its disk.");
    }

    /// <summary>A node notices something about others.</summary>
    public void Hear(FinalityNotice notice, LedgerGenesis genesis)
    {
        if (notice.Evidence is { } evidence)
        {
            Require(!IsHonest(evidence.Validator), $"The honest validator {evidence.Validator} is said to have signed two headers.");
            Require(evidence.FindFault(genesis.Id, liar!.PublicKey) is null, "Evidence against the liar does not convict it.");
            Counts = Counts with { Equivocations = Counts.Equivocations + 1 };
        }
        else if (notice.Other is not null)
        {
            Counts = Counts with { Divergences = Counts.Divergences + 1 };
        }
    }

    /// <summary>A node stopped by itself.</summary>
    public void HearStop(SimulatedValidator validator, string reason)
    {
        Require(reason.Contains("signed another header", StringComparison.Ordinal), $"The validator {validator.Number} stopped: {reason}");
        Counts = Counts with { Stops = Counts.Stops + 1 };
    }

    /// <summary>The run is over: what a ledger file holds was published by validators and sent by members, each thing once.</summary>
    public void CheckBatches(IEnumerable<SignedBatch> batches)
    {
        var numbers = new Dictionary<Address, ulong>();
        foreach (SignedBatch batch in batches)
        {
            Require(
                batch.Number > numbers.GetValueOrDefault(batch.Proposer),
                $"The batch {batch.Number} of the validator {batch.Proposer} became a block after its batch {numbers.GetValueOrDefault(batch.Proposer)}.");
            numbers[batch.Proposer] = batch.Number;
            Require(
                !IsHonest(batch.Proposer) || published.Contains(Hash.Of(batch.Bytes.Span)),
                $"A batch in the name of the validator {batch.Proposer} became a block, and it never published it.");
        }
    }

    /// <summary>The run is over: every reminder rang once, those that are not due yet apart.</summary>
    public void CheckReminders(StateReader state, bool isNothingDue)
    {
        IReadOnlyList<string> rung = SampleLedger.Reminder.Rung(state);
        Counts = Counts with { Reminders = rung.Count };
        Require(rung.Distinct(StringComparer.Ordinal).Count() == rung.Count, "A scheduled call ran twice.");
        Require(!isNothingDue || reminders.IsSubsetOf(rung), "A scheduled call that was due never ran.");
    }

    /// <summary>Ends the run where something that must hold does not.</summary>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaultFoundException(otherwise);
        }
    }

    private void Note(FinalBlock block)
    {
        NoteValidators(block);
        for (int index = 0; index < block.Transactions.Count; index++)
        {
            NoteTransaction(block, block.Transactions[index], block.Executed.Receipts[block.Executed.ScheduledCount + index].Outcome);
        }

        Counts = Counts with { Blocks = final.Count, Transactions = admitted.Count };
    }

    // A change holds from the second block after the one that made it.
    private void NoteValidators(FinalBlock block)
    {
        ulong height = block.Header.Height;
        announced[height] = SystemTables.Validators.All(new StateView(block.Executed.State))[^1].Value.SetHash();
        if (announced.TryGetValue(height < 2 ? 0 : height - 2, out Hash expected))
        {
            Require(block.Header.ValidatorsHash == expected, $"The validators of block {height} are not those that its second block before names.");
        }

        bool isChanged = height > 0 && announced.TryGetValue(height - 1, out Hash before) && before != announced[height];
        Counts = Counts with { ValidatorChanges = Counts.ValidatorChanges + (isChanged ? 1 : 0) };
    }

    private void NoteTransaction(FinalBlock block, SignedTransaction transaction, Outcome outcome)
    {
        decided.Add(transaction.Id);
        if (!IsAdmission(outcome))
        {
            return;
        }

        Require(admitted.TryAdd(transaction.Id, block.Header.Height), $"A transaction was executed twice: in block {block.Header.Height} and before.");
        Require(sent.Contains(transaction.Id), $"A transaction was executed in block {block.Header.Height} that its sender never made.");
        foreach (Call call in outcome.IsDone ? transaction.Calls.Where(call => call.Contract == "reminder") : [])
        {
            reminders.Add(StringValue.Parser.ParseFrom(call.Arguments).Value.Split(' ', 2)[1]);
        }
    }

    private static bool IsAdmission(Outcome outcome) =>
        outcome.IsDone || outcome.Code is not ("nonce-used" or "expired" or "expires-too-late" or "bad-signature" or "wrong-ledger" or "unknown-sender" or "block-full");
}

/// <summary>Something that must hold in every run does not.</summary>
internal sealed class FaultFoundException(string message) : Exception(message);
