namespace Commonwatt.Node.Demo;

/// <summary>What a home's counters stand at, in whole Wh since the street was made up.</summary>
/// <param name="Import">Taken from the street's grid.</param>
/// <param name="Export">Given to it.</param>
/// <param name="Produced">Made by the panels.</param>
/// <param name="Charged">Taken by the battery.</param>
/// <param name="Discharged">Given by the battery.</param>
/// <param name="Car">Taken by the car.</param>
/// <param name="Load">Taken by everything else.</param>
internal readonly record struct HomeCounters(long Import, long Export, long Produced, long Charged, long Discharged, long Car, long Load);

/// <summary>Where a home stands between two stretches of time.</summary>
/// <param name="Counters">Its counters.</param>
/// <param name="Stored">What its battery holds, in Wh.</param>
internal readonly record struct HomeState(HomeCounters Counters, double Stored);

/// <summary>The powers of a home, in W.</summary>
/// <param name="Net">Through the meter: import above zero, export below.</param>
/// <param name="Load">What everything takes but car and battery.</param>
/// <param name="Car">What the car takes.</param>
/// <param name="Generation">What the panels make.</param>
/// <param name="Battery">What the battery gives; below zero what it takes.</param>
internal readonly record struct HomePower(long Net, long Load, long Car, long Generation, long Battery);

/// <summary>What a home does in each step of a stretch of time, in whole Wh a step.</summary>
internal sealed class HomeEnergy
{
    private const int StepsPerHour = 12;

    /// <summary>What everything takes but car and battery.</summary>
    public required int[] Load { get; init; }

    /// <summary>What the car takes.</summary>
    public required int[] Car { get; init; }

    /// <summary>What the panels make.</summary>
    public required int[] Generation { get; init; }

    /// <summary>What the battery gives; below zero what it takes.</summary>
    public required int[] Battery { get; init; }

    /// <summary>The powers in a step, in W.</summary>
    public HomePower PowerIn(int step) => new(Net(step) * StepsPerHour, Load[step] * StepsPerHour, Car[step] * StepsPerHour, Generation[step] * StepsPerHour, Battery[step] * StepsPerHour);

    /// <summary>Import less export in a step.</summary>
    public int Net(int step) => Load[step] + Car[step] - Generation[step] - Battery[step];

    /// <summary>The counters after some steps more.</summary>
    /// <param name="counters">The counters at the first of them.</param>
    /// <param name="from">The first step.</param>
    /// <param name="to">The step after the last.</param>
    public HomeCounters Count(HomeCounters counters, int from, int to)
    {
        (long import, long export, long produced, long charged, long discharged, long car, long load) = counters;
        for (int step = from; step < to; step++)
        {
            int net = Net(step);
            import += int.Max(0, net);
            export += int.Max(0, -net);
            produced += Generation[step];
            charged += int.Max(0, -Battery[step]);
            discharged += int.Max(0, Battery[step]);
            car += Car[step];
            load += Load[step];
        }

        return new HomeCounters(import, export, produced, charged, discharged, car, load);
    }
}
