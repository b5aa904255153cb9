using System.Diagnostics;
using System.Globalization;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Telemetry;

namespace Commonwatt.Node.Hosting;

/// <summary>Runs a ledger node on a thread of its own, for many who send transactions and ask.</summary>
internal sealed partial class LedgerHost : IDisposable
{
    private readonly HostSettings settings;
    private readonly TransactionDesk desk;
    private readonly RecentTransactions recent;
    private readonly EvidenceFolder evidence;
    private readonly AutoResetEvent work = new(initialState: false);
    private readonly Thread thread;
    private NodeSettings nodeSettings;
    private FederationLink? link;
    private LedgerNode? node;
    private volatile bool isStopping;
    private volatile BlockHeader? final;
    private volatile StateView? state;
    private volatile HostStatus status = new(HostPhase.Opening, ExecutedHeight: 0, Final: null, Validators: null, Trouble: null);

    /// <summary>Prepares a node; <see cref="Open"/> and <see cref="Start"/> make it run.</summary>
    public LedgerHost(HostSettings settings)
    {
        this.settings = settings;
        recent = new RecentTransactions(settings.MostRemembered);
        desk = new TransactionDesk(settings.MostInFlight, recent, settings.Node.Clock);
        evidence = new EvidenceFolder(settings.Folder, settings.Log);
        nodeSettings = settings.Node with { SealsInBackground = true, OnFinal = Settle, OnNotice = evidence.Take };
        Files = new NodeFiles(settings.Folder, nodeSettings.FileName, () => final?.Height);
        thread = new Thread(Run) { IsBackground = true, Name = "ledger" };
    }

    /// <summary>What the node is made of.</summary>
    public HostSettings Settings => settings;

    /// <summary>What the ledger begins with.</summary>
    public LedgerGenesis Genesis => nodeSettings.Genesis;

    /// <summary>The address of the node's key, or null for a follower.</summary>
    public Ledger.Keys.Address? Address => nodeSettings.Key?.Address;

    /// <summary>The other nodes.</summary>
    public IReadOnlyList<Peer> Peers => settings.Peers;

    /// <summary>How it stands.</summary>
    public HostStatus Status => status with { Final = final };

    /// <summary>The state after the newest block that this node told of or was opened with; null before. Whoever had the answer of a transaction finds what it did here.</summary>
    public StateReader? State => state;

    /// <summary>What others may read of the node's files.</summary>
    public NodeFiles Files { get; }

    /// <summary>Done once the node cannot go on without somebody's help; its result says why.</summary>
    public Task<string> Failed => failed.Task;

    /// <summary>Opens the ledger, before <see cref="Start"/>: what is wrong with the files shows here.</summary>
    /// <exception cref="DamagedFileException">The ledger file or the file of votes is harmed, or holds another ledger.</exception>
    /// <exception cref="IOException">The folder is in use, or the disk failed.</exception>
    public void Open()
    {
        try
        {
            Connect();
            OpenNode();
        }
        catch (Exception exception) when (IsMendedByCatchingUp(exception))
        {
            // The thread that runs the node takes blocks from the others, as often as it needs.
            Interrupt(exception);
        }
    }

    /// <summary>Starts to take part.</summary>
    public void Start() => thread.Start();

    /// <summary>Hands a transaction in, and waits for its certified answer.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancel">Ends the waiting; the transaction stays on its way.</param>
    public async Task<TransactionAnswer> SubmitAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel)
    {
        using Activity? way = NodeMetrics.Activities.StartActivity("transaction");
        way?.SetTag("commonwatt.transaction", transaction.Id.ToString());
        long arrived = Clock.GetTimestamp();
        Task<TransactionAnswer> answer = desk.Enter(transaction);
        work.Set();
        try
        {
            TransactionAnswer known = await answer.WaitAsync(patience, nodeSettings.Clock, cancel);
            way?.SetTag("commonwatt.outcome", known.Outcome.Code).SetTag("commonwatt.height", known.Height?.ToString(CultureInfo.InvariantCulture));
            if (known.Height is not null)
            {
                NodeMetrics.CountFinal(Clock.GetElapsedTime(arrived));
            }

            return known;
        }
        catch (TimeoutException)
        {
            return TransactionAnswer.OnItsWay(transaction, "not-final-yet", $"The transaction is not in a final block after {patience.TotalSeconds:0.#} seconds.");
        }
    }

    /// <summary>What is known of a transaction, or null.</summary>
    public TransactionAnswer? Find(Hash id) => desk.Find(id);

    /// <summary>Stops in good order: what was told to be final is on disk, and who waits is told that his transaction may still happen.</summary>
    public void Stop()
    {
        isStopping = true;
        work.Set();
        foreach (IDisposable source in settings.Peers.Select(peer => peer.Source).OfType<IDisposable>())
        {
            // A peer that answers slowly must not hold up the end.
            source.Dispose();
        }

        if (thread.IsAlive)
        {
            thread.Join();
        }

        CloseNode();
        status = status with { Phase = HostPhase.Stopped };
        desk.Close("This node is stopping.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Files.Dispose();
        work.Dispose();
    }

    private void Settle(FinalBlock block)
    {
        state = new StateView(block.Executed.State);
        desk.Settle(block);
        Know(block.Header);
        settings.OnFinal?.Invoke(block);
    }

    // While the node is opened, its sealing thread may tell of blocks already.
    private void Know(BlockHeader header)
    {
        lock (desk)
        {
            if (final is null || final.Height < header.Height)
            {
                final = header;
            }
        }
    }

    private void Connect()
    {
        link = settings.Connect();
        nodeSettings = nodeSettings with { Orderer = link.Orderer, Votes = link.Votes };
    }

    private void OpenNode()
    {
        ulong? known = final?.Height;
        node = LedgerNode.Open(nodeSettings);
        Files.Open(node);
        bool isAllRemembered = true;
        if (node.FinalHeight is not null)
        {
            BlockHeader tip = node.Tip;
            ulong lowest = Files.Remember(recent, tip, new StateView(node.State), settings.MostRemembered, Genesis.HasSignatures ? nodeSettings.SignatureThreads : 0);
            isAllRemembered = known is null ? lowest <= 1 : lowest <= known + 1;
            Know(tip);
        }

        state ??= new StateView(node.State);
        desk.GiveAgain(isAllRemembered);
        Publish(HostPhase.Running, trouble: null);
        settings.Log(HowItBegan(node.Recovery));
    }

    // What a start after a proper end finds is no news; what a crash left is.
    private string HowItBegan(Recovery? recovery) => recovery switch
    {
        null => $"Began the ledger '{Genesis.Name}' ({Genesis.Id}).",
        { TornBytes: > 0 } => recovery.ToString(),
        _ => $"Goes on with the ledger '{Genesis.Name}' after block {recovery.Height}.",
    };

    private void CloseNode()
    {
        Files.Close();
        node?.Dispose();
        node = null;
        link?.Dispose();
        link = null;
    }

    private void Publish(HostPhase phase, string? trouble)
    {
        HostStatus before = status;
        if (node is null)
        {
            status = before with { Phase = phase, Trouble = trouble };
        }
        else if (before.Phase != phase || before.ExecutedHeight != node.Height || before.Validators is null)
        {
            status = new HostStatus(phase, node.Height, Final: null, SystemTables.ValidatorsAt(new StateView(node.State), node.Height + 1), trouble);
        }
    }
}
