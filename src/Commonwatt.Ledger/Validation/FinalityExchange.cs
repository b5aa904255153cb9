using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>What a node says to the validators and hears from them: votes, certificates, and requests for certificates.</summary>
/// <remarks>
/// Nothing that is heard is believed without a signature, and nothing that is said is needed to arrive: votes are said again
/// until their block is final, and whoever has a certificate gives it to whoever asks.
/// </remarks>
internal sealed class FinalityExchange(NodeSettings settings, IVoteChannel channel, RecordLog log, VoteFile? voteFile)
{
    private const int MostMessagesAtOnce = 1000;
    private const ulong MostAnswers = 64;
    private const int MostAnswersInWindow = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAtRest = TimeSpan.FromSeconds(10);

    private readonly VoteTally tally = new();
    private readonly Dictionary<Address, PublicKey> keys = [];
    private readonly List<Vote> unsent = [];
    private readonly HashSet<(ulong Height, Address Validator)> divergences = [];
    private ValidatorSet? announced;
    private DateTimeOffset lastSpoken;
    private DateTimeOffset answerWindow;
    private readonly HashSet<ulong> answered = [];
    private DateTimeOffset lastLooked;
    private bool isLeftBehind;
    private bool isBehind;
    private ulong certifiedHeard;

    /// <summary>Votes for an executed block, where this node is one of its validators and has signed nothing else for its height.</summary>
    public void Vote(PendingBlock block)
    {
        LearnKeys(block.Block.Executed);
        foreach (Vote other in tally.VotesAt(block.Header.Height))
        {
            Compare(block, other);
        }

        if (voteFile is null || settings.Key is not { } key || block.Validators.Find(key.Address) is null)
        {
            return;
        }

        if (voteFile.Cast(block.Header, block.Block.Content, key) is { } vote)
        {
            unsent.Add(vote);
            return;
        }

        string reason = voteFile.At(block.Header.Height) is { } earlier
            ? $"it signed the header {earlier.HeaderHash} before and now computed {block.HeaderHash}: the order of batches was changed after it was read"
            : "its file of votes begins above it";
        settings.OnNotice?.Invoke(new FinalityNotice($"This validator does not sign block {block.Header.Height}: {reason}.", Own: block.Header, Other: voteFile.At(block.Header.Height)));
    }

    /// <summary>Makes new votes durable, and then sends them.</summary>
    public void Flush()
    {
        if (voteFile is { IsDirty: true })
        {
            voteFile.Sync();
        }

        foreach (Vote vote in unsent)
        {
            tally.Add(vote);
            Say(new FinalityMessage(vote));
        }

        unsent.Clear();
    }

    /// <summary>The certificate of a block, as soon as its votes are enough.</summary>
    /// <exception cref="BrokenInvariantException">Enough validators signed another header for its height.</exception>
    public BlockCertificate? CertificateOf(PendingBlock block)
    {
        if (tally.CertificateOf(block.Header.Height, block.HeaderHash, block.Validators) is { } certificate)
        {
            return certificate;
        }

        foreach (Vote other in tally.VotesAt(block.Header.Height).Where(vote => vote.HeaderHash != block.HeaderHash))
        {
            if (tally.CertificateOf(block.Header.Height, other.HeaderHash, block.Validators) is not null)
            {
                throw Diverged(block, other.HeaderHash);
            }
        }

        return null;
    }

    /// <summary>Takes in what was said since the last time.</summary>
    public void Listen(IReadOnlyList<PendingBlock> pending)
    {
        for (int heard = 0; heard < MostMessagesAtOnce && channel.Receive() is { } bytes; heard++)
        {
            TakeSafely(bytes, pending);
        }
    }

    /// <summary>
    /// Says again what got no answer for a while: the votes for blocks that are not final, and that their certificates are wanted. Where
    /// nothing waits, it asks from time to time whether the others have more.
    /// </summary>
    /// <param name="pending">The blocks that are not final.</param>
    /// <param name="next">The lowest height that is not final.</param>
    public void Repeat(IReadOnlyList<PendingBlock> pending, ulong next)
    {
        DateTimeOffset now = settings.Clock.GetUtcNow();
        TimeSpan patience = pending.Count == 0 ? PatienceAtRest : isBehind ? TimeSpan.Zero : Patience;
        // A clock that was set back must not silence the node.
        if (now >= lastSpoken && now - lastSpoken < patience)
        {
            return;
        }

        foreach (PendingBlock block in isBehind ? [] : pending)
        {
            if (voteFile?.At(block.Header.Height) is { } vote && vote.Header == block.Header)
            {
                Say(new FinalityMessage(vote));
            }
        }

        Say(new FinalityMessage(RequestFrom: next));
        isBehind = false;
        lastSpoken = now;
    }

    /// <summary>Whether others have a block above the newest that this node executed: an honest validator signed it, or it is certified.</summary>
    public bool IsLeftBehind(ulong executed)
    {
        DateTimeOffset now = settings.Clock.GetUtcNow();
        if (now < lastLooked || now - lastLooked >= Patience)
        {
            lastLooked = now;
            isLeftBehind = certifiedHeard > executed || (announced is not null && tally.HasHonestVoteAbove(executed, announced));
        }

        return isLeftBehind;
    }

    /// <summary>Says that blocks up to a height are final and durable.</summary>
    public void Settle(ulong height)
    {
        tally.Settle(height);
        voteFile?.Settle(height);
        divergences.RemoveWhere(one => one.Height <= height);
        lastSpoken = settings.Clock.GetUtcNow();
    }

    // Whatever somebody says must not stop this node, unless it shows that the node itself is wrong, or its disk fails.
    private void TakeSafely(ReadOnlyMemory<byte> bytes, IReadOnlyList<PendingBlock> pending)
    {
        try
        {
            if (Decode(bytes) is { } message)
            {
                Take(message, pending);
            }
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or InvalidOperationException and not BrokenInvariantException)
        {
            settings.OnNotice?.Invoke(new FinalityNotice($"A message on the channel for votes could not be judged and was dropped: {exception.Message}"));
        }
    }

    private void Take(FinalityMessage message, IReadOnlyList<PendingBlock> pending)
    {
        if (message.Vote is { } vote)
        {
            TakeVote(vote, pending);
        }
        else if (message.Certified is { } certified)
        {
            TakeCertified(certified, pending);
        }
        else
        {
            Answer(message.RequestFrom ?? 0);
        }
    }

    private void TakeVote(Vote vote, IReadOnlyList<PendingBlock> pending)
    {
        if (!tally.IsNews(vote) || !keys.TryGetValue(vote.Validator, out PublicKey? key) || !vote.IsSignedBy(key))
        {
            return;
        }

        if (vote.Validator == settings.Key?.Address && voteFile?.Adopt(vote) == true)
        {
            settings.OnNotice?.Invoke(new FinalityNotice($"A vote of this validator for block {vote.Header.Height} was heard that its file of votes lacks. It will not sign another header for that height.", Other: vote));
        }

        if (tally.Add(vote) is { } evidence)
        {
            settings.OnNotice?.Invoke(new FinalityNotice($"The validator {vote.Validator} signed two headers for block {vote.Header.Height}: {evidence.First.HeaderHash} and {evidence.Second.HeaderHash}.", evidence));
        }

        if (Find(pending, vote.Header.Height) is { } block)
        {
            Compare(block, vote);
        }
    }

    private void TakeCertified(CertifiedHeader certified, IReadOnlyList<PendingBlock> pending)
    {
        NoteCertified(certified);
        if (Find(pending, certified.Header.Height) is not { Certificate: null } block
            || certified.Certificate.FindFault(certified.Header, block.Validators) is not null)
        {
            return;
        }

        if (certified.Header != block.Header)
        {
            throw Diverged(block, certified.Header.HeaderHash());
        }

        block.Certificate = certified.Certificate;
        // Whoever needed one certificate of others most likely needs the next ones, too.
        isBehind = true;
    }

    // The set of a height that was not executed is not known for certain: this makes the node ask others, and believe nothing.
    private void NoteCertified(CertifiedHeader certified)
    {
        if (certified.Header.Height > certifiedHeard && announced is not null && certified.Certificate.FindFault(certified.Header, announced) is null)
        {
            certifiedHeard = certified.Header.Height;
        }
    }

    // Everybody may answer, and anybody may ask: each height is said once in a while, and not too many of them.
    private void Answer(ulong from)
    {
        DateTimeOffset now = settings.Clock.GetUtcNow();
        if (now < answerWindow || now - answerWindow >= Patience)
        {
            answerWindow = now;
            answered.Clear();
        }

        ulong end = (ulong)log.Count;
        for (ulong height = from; height < end && height - from < MostAnswers && answered.Count < MostAnswersInWindow; height++)
        {
            if (answered.Add(height))
            {
                var block = CertifiedBlock.Decode(log.Read((long)height));
                Say(new FinalityMessage(Certified: new CertifiedHeader(block.Header, block.Certificate)));
            }
        }
    }

    private void Compare(PendingBlock own, Vote other)
    {
        if (other.HeaderHash != own.HeaderHash && divergences.Add((other.Header.Height, other.Validator)))
        {
            settings.OnNotice?.Invoke(new FinalityNotice(
                $"The validator {other.Validator} signed another header for block {own.Header.Height} than this node computed: {other.HeaderHash} and not {own.HeaderHash}.", Own: own.Header, Other: other));
        }
    }

    // The keys of whoever may sign soon are in the state two blocks before they count.
    private void LearnKeys(ExecutedBlock executed)
    {
        var state = new StateView(executed.State);
        IReadOnlyList<KeyValuePair<Count, ValidatorSet>> sets = SystemTables.Validators.All(state);
        ValidatorSet newest = sets[^1].Value;
        if (announced?.SetHash() == newest.SetHash())
        {
            return;
        }

        announced = newest;
        foreach (ValidatorMember member in sets.SelectMany(set => set.Value.Members))
        {
            keys[member.Address] = member.Key;
        }
    }

    private void Say(FinalityMessage message) => channel.Send(message.ToArray(settings.Genesis.Id));

    private FinalityMessage? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return FinalityMessage.Decode(bytes.Span, settings.Genesis.Id);
        }
        catch (MalformedBytesException)
        {
            return null;
        }
    }

    private static PendingBlock? Find(IReadOnlyList<PendingBlock> pending, ulong height) =>
        pending.Count > 0 && height >= pending[0].Header.Height && height - pending[0].Header.Height < (ulong)pending.Count
            ? pending[(int)(height - pending[0].Header.Height)]
            : null;

    private static BrokenInvariantException Diverged(PendingBlock block, Hash other) => new(
        $"Validators with more than two thirds of the voting power signed another header for block {block.Header.Height}, {other}, than this node computed, {block.HeaderHash}: it read another order of batches, or executes otherwise. It stops; started again, it takes the block from the others.");
}
