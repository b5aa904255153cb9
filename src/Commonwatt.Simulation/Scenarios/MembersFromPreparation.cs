using Commonwatt.Agents;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Makes one member of each meter in a file.</summary>
internal sealed class MembersFromPreparation(Scenario scenario, SeriesStore store, List<ScenarioProblem> problems)
{
    private readonly MembersFromFile? rules = scenario.MembersFrom;

    /// <summary>Asks for the file.</summary>
    public void Ask()
    {
        if (rules is null)
        {
            return;
        }

        foreach (string column in (IEnumerable<string>)(rules.PvColumn is { } pv ? [rules.LoadColumn, pv] : [rules.LoadColumn]))
        {
            store.Ask(Reference(rules, column, meter: null), EnergyUnit.MostIn(column), needsMeters: true);
        }
    }

    /// <summary>The members, by the name of their meters; none where the file could not be read.</summary>
    public IReadOnlyList<MemberRules> Members()
    {
        if (rules is null)
        {
            return [];
        }

        IReadOnlyCollection<string> meters = store.MetersOf(Reference(rules, rules.LoadColumn, meter: null));
        if (meters.Count == 0)
        {
            return [];
        }

        for (int index = 0; index < rules.Exclude.Count; index++)
        {
            if (!meters.Contains(rules.Exclude[index], StringComparer.Ordinal))
            {
                problems.Add(new ScenarioProblem($"membersFrom.exclude[{index}]", $"there is no meter '{rules.Exclude[index]}' in {rules.File}; {NearName.Hint(rules.Exclude[index], meters, "its meters are")}"));
            }
        }

        string[] taken = [.. meters.Except(rules.Exclude, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        HashSet<string> withPv = Chosen(taken, rules.Pv?.Share ?? 0, "pv", first: null);
        HashSet<string> withBattery = Chosen(taken, rules.Battery?.Share ?? 0, "battery", withPv);
        return [.. taken.Select(meter => Member(rules, meter, withPv.Contains(meter), withBattery.Contains(meter)))];
    }

    private static MemberRules Member(MembersFromFile rules, string meter, bool madeUpPv, bool battery) =>
        new(meter, new LoadSource.FromSeries(Reference(rules, rules.LoadColumn, meter)))
        {
            Pv = rules.PvColumn is { } column ? new GenerationSource.FromSeries(Reference(rules, column, meter)) : madeUpPv ? rules.Pv?.System : null,
            Battery = battery ? rules.Battery?.Battery : null,
            Strategy = rules.Strategy,
            Forecast = rules.Forecast,
            Connection = rules.Connection,
            Deposit = rules.Deposit,
            CreditLine = rules.CreditLine,
        };

    private static SeriesReference Reference(MembersFromFile rules, string column, string? meter) =>
        new(rules.File, column) { Meter = meter, MeterColumn = rules.MeterColumn, TimestampColumn = rules.TimestampColumn };

    // Each meter draws its lot by its own name: another meter more or less in the file changes nobody else's.
    private HashSet<string> Chosen(string[] meters, double share, string what, HashSet<string>? first) =>
    [
        .. meters
            .OrderByDescending(meter => first?.Contains(meter) ?? false)
            .ThenBy(meter => SeededRandom.Mix(SeededRandom.Mix(scenario.Seed, what), meter))
            .Take((int)Math.Round(share * meters.Length, MidpointRounding.AwayFromZero)),
    ];
}
