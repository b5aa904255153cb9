using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Readings;

namespace Commonwatt.Node.Demo;

/// <summary>Lets the street live: every few minutes of the community's time the homes' readings go in, homes bid, and the manager does his work.</summary>
internal sealed class LiveStreet : INodePart
{
    private const int MostStepsInTurn = 24;
    private const int HoursAtOnce = 5 * 24;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    private readonly LiveStreetSettings settings;
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private long notedAt;
    private bool hasToldRefusal;
    private bool hasBegun;

    /// <summary>A street that does not live yet.</summary>
    public LiveStreet(LiveStreetSettings settings) => this.settings = settings;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        running = Task.Run(() => LiveAsync(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        if (hasBegun)
        {
            settings.Folder.NoteTime(settings.Clock.Now);
        }

        stopping.Dispose();
    }

    /// <summary>Does what is to be done in one step.</summary>
    /// <param name="before">The end of the step before.</param>
    /// <param name="moment">Its end.</param>
    internal void LiveStep(Instant before, Instant moment)
    {
        settings.Intake.Take(settings.Meters.Read(moment));
        foreach (SignedTransaction transaction in settings.Manager.Act(moment).Concat(settings.Bidders.Decide(before, moment)))
        {
            Send(transaction);
        }
    }

    /// <summary>Sends a transaction on its way, and tells the log of the first that is refused.</summary>
    internal void Send(SignedTransaction transaction) => _ = SendAsync(transaction);

    private async Task LiveAsync(CancellationToken cancel)
    {
        try
        {
            Instant done = StepBefore(settings.Clock.Now);

            if (settings.IsFirstStart)
            {
                TakeHistory(done, cancel);
                Grant(done);
            }

            // What was read at the last hour's start may not have come in before the demo was stopped.
            settings.Intake.Take(settings.Meters.Read(DeliveryPeriod.Containing(done, Hour).Start));
            hasBegun = true;
            while (!cancel.IsCancellationRequested)
            {
                Instant next = done + StreetStretch.Step;
                await Task.Delay(settings.Clock.Until(next), TimeProvider.System, cancel);
                Instant latest = StepBefore(settings.Clock.Now);
                for (int steps = 0; next <= latest && steps < MostStepsInTurn; steps++, next += StreetStretch.Step)
                {
                    LiveStep(done, next);
                    done = next;
                }

                NoteTimeNowAndThen();
            }
        }
        catch (OperationCanceledException)
        {
            // The demo stops.
        }
        catch (Exception fault)
        {
            settings.Log($"The street stands still, and the ledger goes on without it: {fault}");
        }
    }

    // Hour by hour, as far as bills and charts go back: the ledger has these readings already, and the pages show what was behind the meters.
    private void TakeHistory(Instant now, CancellationToken cancel)
    {
        for (Instant day = settings.Begin; day < now; day += Hour * HoursAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            var readings = new List<MeterReading>();
            for (Instant hour = day; hour < day + (Hour * HoursAtOnce) && hour <= now; hour += Hour)
            {
                readings.AddRange(settings.Meters.Read(hour));
            }

            settings.Intake.Take(readings);
        }
    }

    // Whoever may be signed in for can bid for himself; until he does, the node's agent does.
    private void Grant(Instant now)
    {
        foreach (SignedTransaction mandate in settings.Mandates(now))
        {
            Send(mandate);
        }
    }

    private static Instant StepBefore(Instant moment) => DeliveryPeriod.Containing(moment, StreetStretch.Step).Start;

    private void NoteTimeNowAndThen()
    {
        if (TimeProvider.System.GetElapsedTime(notedAt) >= BetweenNotes)
        {
            notedAt = TimeProvider.System.GetTimestamp();
            settings.Folder.NoteTime(settings.Clock.Now);
        }
    }

    private async Task SendAsync(SignedTransaction transaction)
    {
        try
        {
            TransactionAnswer answer = await settings.Submit(transaction, Patience, stopping.Token);

            // Where days pass in minutes and the machine has much else to do, an order may come after its gate: so it is in life.
            if (answer is { Status: TransactionStatus.Refused, Outcome.Code: not ("stopping" or "gate-closed" or "no-listing") } && !hasToldRefusal)
            {
                hasToldRefusal = true;
                settings.Log($"The ledger refused a transaction of the street: {answer.Outcome.Sentence} Further refusals are on the ledger's pages.");
            }
        }
        catch (OperationCanceledException)
        {
            // The demo stops.
        }
    }
}

/// <summary>What a living street is made of.</summary>
/// <param name="Folder">The demo's folder.</param>
/// <param name="Clock">The community's clock.</param>
/// <param name="Meters">The homes' meters.</param>
/// <param name="Bidders">The homes' bids.</param>
/// <param name="Manager">The manager's work.</param>
/// <param name="Intake">Where readings go in.</param>
/// <param name="Submit">Sends a transaction and waits for its answer.</param>
/// <param name="Log">Told what whoever runs the demo should know.</param>
internal sealed record LiveStreetSettings(
    DemoFolder Folder,
    ScaledClock Clock,
    StreetMeters Meters,
    StreetBidders Bidders,
    StreetManager Manager,
    ReadingIntake Intake,
    Func<SignedTransaction, TimeSpan, CancellationToken, Task<TransactionAnswer>> Submit,
    Action<string> Log)
{
    /// <summary>When the street's history began.</summary>
    public required Instant Begin { get; init; }

    /// <summary>Whether the street lives for the first time, and what was before is to be told.</summary>
    public required bool IsFirstStart { get; init; }

    /// <summary>The mandates that some of the people give the node's agent on the first day.</summary>
    public required Func<Instant, IEnumerable<SignedTransaction>> Mandates { get; init; }
}
