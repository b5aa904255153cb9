namespace Commonwatt.Simulation.Running;

/// <summary>What happens for every period at the same distance from its delivery, in order of time.</summary>
/// <typeparam name="T">What happens.</typeparam>
internal sealed class Timeline<T>
{
    private readonly PriorityQueue<(int Rank, int Period), (long Time, int Rank)> queue = new();
    private readonly (TimeSpan Offset, T What)[] steps;
    private readonly Func<int, Instant> startOf;
    private readonly int periods;

    /// <summary>A timeline of steps; those at the same moment come in the order they are given.</summary>
    /// <param name="steps">How long after the start of delivery each step is (negative: before), and what it is.</param>
    /// <param name="startOf">The start of a period by its index.</param>
    /// <param name="periods">How many periods there are.</param>
    public Timeline(IEnumerable<(TimeSpan Offset, T What)> steps, Func<int, Instant> startOf, int periods)
    {
        this.steps = [.. steps];
        this.startOf = startOf;
        this.periods = periods;
        for (int rank = 0; rank < this.steps.Length; rank++)
        {
            Add(rank, period: 0);
        }
    }

    /// <summary>When the next step is, or null when all are done.</summary>
    public Instant? Next => queue.TryPeek(out _, out (long Time, int Rank) at) ? new Instant(at.Time) : null;

    /// <summary>Takes the next step if it is due.</summary>
    public bool TryTake(Instant now, out T what, out int period)
    {
        what = default!;
        period = 0;
        if (!(Next <= now))
        {
            return false;
        }

        (int rank, period) = queue.Dequeue();
        what = steps[rank].What;
        if (period + 1 < periods)
        {
            Add(rank, period + 1);
        }

        return true;
    }

    private void Add(int rank, int period) =>
        queue.Enqueue((rank, period), ((startOf(period) + steps[rank].Offset).UnixMilliseconds, rank));
}
