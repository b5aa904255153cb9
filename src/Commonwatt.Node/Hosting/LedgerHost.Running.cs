using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <content>The thread that drives the ledger node.</content>
internal sealed partial class LedgerHost
{
    private const int FullBatch = 1024 * 1024;
    private const int MostBlocksInTurn = 64;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenReviews = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RestWithWork = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ShortestBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    // After this long without trouble, the next one is a first one.
    private static readonly TimeSpan Recovered = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<string> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan backOff = ShortestBackOff;
    private long openedAt;
    private long proposedAt;
    private long reviewedAt;
    private long gathered;
    private ulong? progress;
    private long progressedAt;

    private TimeProvider Clock => nodeSettings.Clock;

    private void Run()
    {
        openedAt = Clock.GetTimestamp();
        while (!isStopping)
        {
            try
            {
                if (node is null)
                {
                    Connect();
                    CatchUp();
                    OpenNode();
                    openedAt = Clock.GetTimestamp();
                }

                TakePart(node!);
            }
            catch (Exception exception) when (IsMendedByCatchingUp(exception))
            {
                Interrupt(exception);
                BackOff();
            }
            catch (IOException) when (isStopping && node is null)
            {
                // Catching up was cut short.
                return;
            }
            catch (Exception exception)
            {
                Fail(exception);
                return;
            }
        }
    }

    private void TakePart(LedgerNode running)
    {
        // Patience with the others begins when the node does.
        progressedAt = Clock.GetTimestamp();
        while (!isStopping)
        {
            bool worked = TakeIn(running);
            worked |= Propose(running);
            for (int block = 0; block < MostBlocksInTurn && running.Advance(); block++)
            {
                worked = true;
            }

            Publish(HostPhase.Running, trouble: null);
            Review(running);
            if (!worked)
            {
                work.WaitOne(desk.HasWork ? RestWithWork : Rest);
            }
        }
    }

    private bool TakeIn(LedgerNode running)
    {
        IReadOnlyList<Flight> group = desk.TakeGroup();
        if (group.Count == 0)
        {
            return false;
        }

        SignedTransaction[] given = [.. group.Select(flight => flight.Transaction)];
        IReadOnlyList<Outcome> outcomes = running.Submit(given);
        var state = new StateView(running.State);
        for (int index = 0; index < given.Length; index++)
        {
            Outcome outcome = outcomes[index];
            bool isOvertaken = outcome.Code == "nonce-used" && SystemTables.Nonces.FindOr(state, given[index].Sender, default).Value >= given[index].Nonce;
            desk.TakeIn(group[index], given[index], outcome, isOvertaken ? running.Height : null);
            gathered += outcome.IsDone ? given[index].Bytes.Length : 0;
        }

        return true;
    }

    // Transactions that come within a moment share a batch; a full one does not wait.
    private bool Propose(LedgerNode running)
    {
        if (gathered < FullBatch && Clock.GetElapsedTime(proposedAt) < Gathering)
        {
            return false;
        }

        bool proposed = running.Propose();
        gathered = proposed ? long.Max(0, gathered - FullBatch) : 0;
        if (gathered < FullBatch)
        {
            proposedAt = Clock.GetTimestamp();
        }

        return proposed;
    }

    private void Review(LedgerNode running)
    {
        if (Clock.GetElapsedTime(reviewedAt) < BetweenReviews)
        {
            return;
        }

        reviewedAt = Clock.GetTimestamp();
        if (final is { } tip)
        {
            desk.EndHopeless(tip);
        }

        bool isAtRest = running.Height == final?.Height && !running.IsLeftBehind;
        if (final?.Height != progress || isAtRest)
        {
            progress = final?.Height;
            progressedAt = reviewedAt;
        }
        else if (Clock.GetElapsedTime(progressedAt) >= settings.PatienceWithVotes)
        {
            progressedAt = reviewedAt;
            RequireCertificates(running);
        }
    }

    // Votes are kept for a while only, a follower may be allowed to listen and not to ask, and the order may have lost what the others read.
    private void RequireCertificates(LedgerNode running)
    {
        ulong next = final is null ? 0 : final.Height + 1;
        var claim = new NextBlockClaim(Genesis, new StateView(running.State), next);
        foreach (Peer peer in settings.Peers.Where(peer => peer.Source.FinalHeight() >= next))
        {
            if (claim.FindFault(peer.Source) is not { } fault)
            {
                throw new CertificatesMissingException($"The next block does not become final here, and {peer.Name} has its certificate.");
            }

            settings.Log($"{peer.Name} says that it has block {next}, and does not show it: {fault}");
        }
    }

    // The order may lack what comes next, or the others may have signed something else: both are mended with their blocks.
    private static bool IsMendedByCatchingUp(Exception exception) =>
        exception is OrderLostException or BrokenInvariantException or CertificatesMissingException
        || (exception is NodeStoppedException { InnerException: { } inner } && IsMendedByCatchingUp(inner));

    private void Interrupt(Exception exception)
    {
        CloseNode();
        string reason = (exception as NodeStoppedException)?.InnerException?.Message ?? exception.Message;
        Publish(HostPhase.CatchingUp, reason);
        settings.Log($"The node stopped: {reason}");
    }

    private void BackOff()
    {
        backOff = Clock.GetElapsedTime(openedAt) >= Recovered ? ShortestBackOff : backOff;
        settings.Log($"It goes on in {backOff.TotalSeconds:0} s, with the blocks of {(settings.Peers.Count == 0 ? "nobody: no peers are named" : "its peers")}.");
        long since = Clock.GetTimestamp();
        while (!isStopping && Clock.GetElapsedTime(since) < backOff)
        {
            work.WaitOne(Gathering);
        }

        backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
    }

    private void CatchUp()
    {
        foreach (Peer peer in settings.Peers.TakeWhile(_ => !isStopping))
        {
            CatchUpReport report = BlockImport.CatchUp(nodeSettings, peer.Source, settings.Trusted);
            settings.Log(report.TakenBlocks == 0 && report.IsComplete
                ? $"{peer.Name} has no block that this node lacks."
                : $"Took {report.TakenBlocks} blocks from {peer.Name}, up to height {report.Height}{(report.SnapshotHeight is { } height ? $", with its snapshot at height {height}" : "")}.{(report.Fault is { } fault ? $" Then it stopped: {fault}" : "")}");
        }
    }

    private void Fail(Exception exception)
    {
        string reason = exception is NodeStoppedException or IOException or DamagedFileException or UnauthorizedAccessException ? exception.Message : exception.ToString();
        CloseNode();
        Publish(HostPhase.Failed, reason);
        settings.Log($"The node stopped and does not go on by itself: {reason}");
        desk.Close("This node has stopped, because something is wrong with its machine or its files.");
        failed.TrySetResult(reason);
    }

    private sealed class CertificatesMissingException(string message) : Exception(message);
}
