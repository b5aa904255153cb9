using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>A member with the series that it names.</summary>
/// <param name="Rules">The member.</param>
/// <param name="Path">Where it stands in the scenario.</param>
/// <param name="Load">Its consumption's series, where it has one.</param>
/// <param name="Pv">Its generation's series, where it has one.</param>
internal sealed record MemberInputs(MemberRules Rules, string Path, MemberSeries? Load, MemberSeries? Pv)
{
    /// <summary>Finds the series; what cannot be found is noted.</summary>
    public static MemberInputs Find(MemberRules rules, string path, SeriesStore store, List<ScenarioProblem> problems)
    {
        MemberSeries? load = rules.Load is LoadSource.FromSeries consumption ? Find(consumption.Series, "load", path, store, problems) : null;
        MemberSeries? pv = rules.Pv is GenerationSource.FromSeries generation ? Find(generation.Series, "pv", path, store, problems) : null;
        return new MemberInputs(rules, path, load, pv);
    }

    private static MemberSeries? Find(SeriesReference reference, string quantity, string path, SeriesStore store, List<ScenarioProblem> problems)
    {
        if (store.Find(reference, $"{path}.{quantity}") is not { } found)
        {
            return null;
        }

        if (EnergyUnit.WattHoursEach(reference.Column, found.Series.Step) is { } each)
        {
            return new MemberSeries(reference, quantity, found.Series, found.Column, each);
        }

        string place = string.Equals(path, "membersFrom", StringComparison.Ordinal) ? $"{path}.{quantity}Column" : $"{path}.{quantity}.column";
        var problem = new ScenarioProblem(place, $"'{reference.Column}' does not say its unit; the name must end in _kwh or _wh (energy of the interval) or _kw or _w (mean power).");
        if (!problems.Contains(problem))
        {
            problems.Add(problem);
        }

        return null;
    }
}

/// <summary>A series of one member.</summary>
/// <param name="Reference">As the scenario names it.</param>
/// <param name="Quantity"><c>load</c> or <c>pv</c>.</param>
/// <param name="Series">The meter in the file.</param>
/// <param name="Column">Which of its columns.</param>
/// <param name="WattHoursEach">What the column's values are multiplied by to be Wh.</param>
internal sealed record MemberSeries(SeriesReference Reference, string Quantity, MeterSeries Series, int Column, double WattHoursEach);
