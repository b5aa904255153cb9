namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Keeps some work with the broker going: connects, and when that or the work fails, tries the next endpoint after a while.</summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    /// <summary>After how long without any delivery another node is asked: a replica that was cut off delivers nothing and says nothing.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly BrokerSettings settings;
    private readonly BrokerSurroundings surroundings;
    private readonly string purpose;
    private readonly Func<BrokerSession, Task> work;
    private readonly CancellationTokenSource stopping = new();
    private readonly BackOff backOff;
    private readonly Task running;
    private string? trouble = "it has not connected to the broker yet";

    /// <summary>Begins at once.</summary>
    /// <param name="settings">How to reach the broker.</param>
    /// <param name="surroundings">Clock, randomness, log.</param>
    /// <param name="purpose">What it is for, in the log: "hearing votes".</param>
    /// <param name="work">What to do on a connection. Where it returns, it goes on at once on the next endpoint.</param>
    public BrokerLink(BrokerSettings settings, BrokerSurroundings surroundings, string purpose, Func<BrokerSession, Task> work)
    {
        this.settings = settings;
        this.surroundings = surroundings;
        this.purpose = purpose;
        this.work = work;
        backOff = new BackOff(surroundings.Random);
        running = Task.Run(RunAsync);
    }

    /// <summary>Why nothing goes on now, or null while something does.</summary>
    public string? Trouble => Volatile.Read(ref trouble);

    /// <summary>Says that the work works: the next failure is a first one.</summary>
    public void Worked()
    {
        backOff.Reset();
        Volatile.Write(ref trouble, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        int attempt = 0;
        bool isNews = true;
        while (!stopping.IsCancellationRequested)
        {
            BrokerEndpoint endpoint = settings.Endpoints[attempt % settings.Endpoints.Count];
            attempt++;
            if (await TryAsync(endpoint, isNews) is { } failure)
            {
                isNews = true;
                await RestAsync(endpoint, failure);
            }
            else
            {
                isNews = false;
            }
        }
    }

    // What went wrong, or null where nothing did. Anything that goes wrong out there is tried again: an operator mends it while the node waits.
    private async Task<string?> TryAsync(BrokerEndpoint endpoint, bool isNews)
    {
        string? ended = null;
        try
        {
            await using BrokerSession session = await BrokerSession.ConnectAsync(settings, endpoint, purpose, why => LogBlocked(endpoint, why), stopping.Token);
            if (isNews)
            {
                surroundings.Log($"Connected to broker {endpoint} ({purpose}).");
            }

            try
            {
                await work(session);
                return null;
            }
            catch (Exception exception)
            {
                ended = session.Reason ?? BrokerSession.Describe(exception, settings.User);
            }
        }
        catch (Exception exception)
        {
            ended ??= BrokerSession.Describe(exception, settings.User);
        }

        return ended;
    }

    private async Task RestAsync(BrokerEndpoint endpoint, string failure)
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        TimeSpan wait = backOff.Next();
        Volatile.Write(ref trouble, failure);
        surroundings.Log($"Lost the broker {endpoint} ({purpose}): {failure}; trying {(settings.Endpoints.Count > 1 ? "the next one" : "again")} in {wait.TotalSeconds:0.0} s.");
        await Task.Delay(wait, surroundings.Clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void LogBlocked(BrokerEndpoint endpoint, string why) =>
        surroundings.Log($"The broker {endpoint} takes nothing for now ({purpose}): {why}. Give it memory or room on its disk.");
}
