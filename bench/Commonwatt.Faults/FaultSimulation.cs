using System.Diagnostics;

namespace Commonwatt.Faults;

/// <summary>What many runs came to.</summary>
/// <param name="Runs">How many runs.</param>
/// <param name="Counts">How much happened in all of them.</param>
/// <param name="Elapsed">How long they took.</param>
/// <param name="Faults">What did not hold, by seed.</param>
public sealed record FaultReport(int Runs, FaultCounts Counts, TimeSpan Elapsed, IReadOnlyList<FaultFound> Faults);

/// <summary>Something that must hold in every run and does not in one.</summary>
/// <param name="Seed">The seed that replays the run.</param>
/// <param name="Sentence">What does not hold.</param>
public sealed record FaultFound(int Seed, string Sentence);

/// <summary>Runs clusters of real nodes on simulated disks, clocks, orders and networks that fail in every way the ledger promises to bear.</summary>
public static class FaultSimulation
{
    /// <summary>Runs seeds one after the other, on several threads; each run is one thread's alone.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many seeds.</param>
    /// <param name="threads">On how many threads.</param>
    /// <param name="progress">Told how many runs are done.</param>
    public static FaultReport Run(int first, int count, int threads = 1, IProgress<int>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        var faults = new List<FaultFound>();
        FaultCounts counts = default;
        int done = 0;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            var run = new FaultRun(first + index);
            string? fault = Find(run);
            lock (gate)
            {
                counts += run.Result.Counts;
                if (fault is not null)
                {
                    faults.Add(new FaultFound(first + index, fault));
                }

                progress?.Report(++done);
            }
        });
        return new FaultReport(count, counts, watch.Elapsed, [.. faults.OrderBy(fault => fault.Seed)]);
    }

    // Whatever a run throws is a finding: nothing but the failures of its disks is meant to.
    private static string? Find(FaultRun run)
    {
        try
        {
            run.Run();
            return null;
        }
        catch (FaultFoundException found)
        {
            return found.Message;
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
    }
}
