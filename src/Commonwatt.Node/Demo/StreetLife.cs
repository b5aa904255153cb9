using System.Text.Json;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>What the homes of the street do, for as long as the demo goes on: made up stretch by stretch, the newest two kept. One caller at a time.</summary>
/// <remarks>Where homes stand between stretches is kept in a file, so that a demo that ran for years need not live through them again to go on.</remarks>
internal sealed class StreetLife
{
    /// <summary>How many days a stretch has.</summary>
    public const int StretchDays = 64;

    private readonly IReadOnlyList<DemoHome> homes;
    private readonly DateOnly firstDay;
    private readonly ulong seed;
    private readonly string file;
    private readonly List<HomeState[]> starts;
    private readonly SortedDictionary<int, StreetStretch> stretches = [];
    private readonly Dictionary<int, Instant> beginnings = [];

    /// <summary>The life of a street from a day on.</summary>
    /// <param name="homes">Its homes.</param>
    /// <param name="firstDay">The first local day.</param>
    /// <param name="seed">What it is made up from.</param>
    /// <param name="file">The file that keeps where homes stand between stretches.</param>
    public StreetLife(IReadOnlyList<DemoHome> homes, DateOnly firstDay, ulong seed, string file)
    {
        this.homes = homes;
        this.firstDay = firstDay;
        this.seed = seed;
        this.file = file;
        starts = Read() ?? [new HomeState[homes.Count]];
        Start = StartOf(0);
    }

    /// <summary>The first moment of the first day.</summary>
    public Instant Start { get; }

    /// <summary>The homes.</summary>
    public IReadOnlyList<DemoHome> Homes => homes;

    /// <summary>A home's net energy (import less export) in a whole hour, in Wh.</summary>
    /// <param name="home">The home's index.</param>
    /// <param name="hour">The start of the hour, not before <see cref="Start"/>.</param>
    public int NetOfHour(int home, Instant hour)
    {
        (StreetStretch stretch, int step) = At(hour);
        return stretch.Net(home, step, step + (int)(TimeSpan.FromHours(1) / StreetStretch.Step));
    }

    /// <summary>The stretch that a moment lies in, and the step in it.</summary>
    public (StreetStretch Stretch, int Step) At(Instant moment)
    {
        // Days of 23 and 25 hours put a stretch an hour before or behind where whole days would have it.
        int index = int.Max(0, (int)((moment - Start) / TimeSpan.FromDays(StretchDays)));
        while (index > 0 && moment < StartOf(index))
        {
            index--;
        }

        while (moment >= StartOf(index + 1))
        {
            index++;
        }

        StreetStretch stretch = StretchOf(index);
        return (stretch, stretch.Grid.IndexOf(moment));
    }

    /// <summary>A home's counters at a moment; what is less than a step is left out.</summary>
    public HomeCounters CountersAt(int home, Instant moment)
    {
        (StreetStretch stretch, int step) = At(moment);
        return stretch.Homes[home].Count(stretch.Start[home].Counters, 0, step);
    }

    private Instant StartOf(int index)
    {
        if (!beginnings.TryGetValue(index, out Instant start))
        {
            start = PeriodGrid.Of(DemoStreet.Scenario(homes, firstDay.AddDays(index * StretchDays), days: 1, StreetStretch.Step, seed)).Required().Start;
            beginnings[index] = start;
        }

        return start;
    }

    private StreetStretch StretchOf(int index)
    {
        if (stretches.TryGetValue(index, out StreetStretch? kept))
        {
            return kept;
        }

        while (starts.Count <= index)
        {
            Make(starts.Count - 1);
        }

        StreetStretch made = Make(index);
        stretches[index] = made;
        while (stretches.Count > 2)
        {
            stretches.Remove(stretches.Keys.First(key => key != index));
        }

        return made;
    }

    private StreetStretch Make(int index)
    {
        var made = StreetStretch.Of(homes, firstDay.AddDays(index * StretchDays), StretchDays, seed, starts[index]);
        if (starts.Count == index + 1)
        {
            starts.Add([.. made.End]);
            Write();
        }

        return made;
    }

    private List<HomeState[]>? Read()
    {
        if (!File.Exists(file))
        {
            return null;
        }

        List<HomeState[]>? read = JsonSerializer.Deserialize<List<HomeState[]>>(File.ReadAllText(file));
        return read is { Count: > 0 } && read.All(states => states.Length == homes.Count) ? read : null;
    }

    private void Write()
    {
        string unfinished = file + ".new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(starts));
        File.Move(unfinished, file, overwrite: true);
    }
}
