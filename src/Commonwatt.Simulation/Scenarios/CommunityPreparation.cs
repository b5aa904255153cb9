using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Puts a scenario's data on its grid: asks for the files, reads each once, then prepares members and prices.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="options">How to take the files.</param>
internal sealed class CommunityPreparation(Scenario scenario, CommunityDataOptions options)
{
    private readonly List<ScenarioProblem> problems = [];

    public ScenarioResult<CommunityData> Run()
    {
        ScenarioResult<PeriodGrid> gridResult = PeriodGrid.Of(scenario);
        if (gridResult.Value is not { } grid)
        {
            return ScenarioResult<CommunityData>.Refused(gridResult.Problems);
        }

        var store = new SeriesStore(scenario, options, problems);
        var levels = new LevelPreparation(scenario, grid, store, problems);
        levels.Ask();
        var fromFile = new MembersFromPreparation(scenario, store, problems);
        fromFile.Ask();
        foreach (MemberRules member in scenario.Members)
        {
            AskFor(member, store);
        }

        store.ReadAll();
        IReadOnlyList<MemberRules> members = AllMembers(fromFile);
        Prepared[] prepared = Prepare(members, grid, store);
        Price[]? retail = levels.Prices(scenario.Tariffs.Retail, "tariffs.retail");
        Price[]? feedIn = levels.Prices(scenario.Tariffs.FeedIn, "tariffs.feedIn");
        double[]? carbon = levels.Carbon();
        if (problems.Count > 0 || retail is null || feedIn is null)
        {
            return ScenarioResult<CommunityData>.Refused(problems);
        }

        return ScenarioResult<CommunityData>.Good(new CommunityData(scenario, grid)
        {
            Members = [.. prepared.Select(each => each.Data!)],
            Retail = retail,
            FeedIn = feedIn,
            CarbonIntensity = carbon,
            Problems = new DataProblems([.. prepared.SelectMany(each => each.Series), .. levels.Problems], [.. store.Files.Select(file => file.Skipped).Where(skipped => skipped.Count > 0)]),
        });
    }

    private static void AskFor(MemberRules member, SeriesStore store)
    {
        if (member.Load is LoadSource.FromSeries load)
        {
            store.Ask(load.Series, EnergyUnit.MostIn(load.Series.Column), load.Series.Meter is not null);
        }

        if (member.Pv is GenerationSource.FromSeries pv)
        {
            store.Ask(pv.Series, EnergyUnit.MostIn(pv.Series.Column), pv.Series.Meter is not null);
        }
    }

    private IReadOnlyList<MemberRules> AllMembers(MembersFromPreparation fromFile)
    {
        List<MemberRules> members = [.. scenario.Members];
        HashSet<string> ids = new(members.Select(member => member.Id), StringComparer.Ordinal);
        foreach (MemberRules member in fromFile.Members())
        {
            if (!ids.Add(member.Id))
            {
                problems.Add(new ScenarioProblem("membersFrom.file", $"the meter '{member.Id}' is also the id of a member; rename the member, or leave the meter out with 'exclude'."));
            }

            members.Add(member);
        }

        if (members.Count == 0 && problems.Count == 0)
        {
            problems.Add(new ScenarioProblem("members", "there are none; give at least one member."));
        }

        return members;
    }

    private Prepared[] Prepare(IReadOnlyList<MemberRules> members, PeriodGrid grid, SeriesStore store)
    {
        Location? place = scenario.Location ?? PrincipalPlace.Of(scenario.TimeZone);
        bool madeUp = members.Any(member => member.Load is LoadSource.Household || member.Pv is GenerationSource.Photovoltaic);
        if (madeUp && place is null)
        {
            problems.Add(new ScenarioProblem("location", $"is missing, and the time zone '{scenario.TimeZone}' has no place of its own; give {{ \"latitude\": 38.7, \"longitude\": -9.1 }}."));
            return [];
        }

        var sources = new MadeUpSources(place ?? default, scenario.Seed, grid);
        var inputs = new MemberInputs[members.Count];
        for (int index = 0; index < inputs.Length; index++)
        {
            inputs[index] = MemberInputs.Find(members[index], index < scenario.Members.Count ? $"members[{index}]" : "membersFrom", store, problems);
        }

        if (problems.Count > 0)
        {
            return [];
        }

        var preparation = new MemberPreparation(scenario, grid, sources);
        var prepared = new Prepared[members.Count];
        Parallel.For(0, prepared.Length, index => prepared[index] = preparation.Prepare(inputs[index]));
        problems.AddRange(prepared.Take(scenario.Members.Count).SelectMany(each => each.Problems));
        Prepared[] ofFile = prepared[scenario.Members.Count..];
        if (ofFile.Length > 0 && ofFile.All(each => each.Problems.Count > 0))
        {
            problems.Add(ofFile[0].Problems[0]);
        }

        return prepared;
    }
}

/// <summary>A member made ready, with what was odd about its series and what speaks against it.</summary>
/// <param name="Data">The member.</param>
/// <param name="Series">What was odd.</param>
/// <param name="Problems">That none of its readings lies in the time of the scenario.</param>
internal sealed record Prepared(MemberData? Data, IReadOnlyList<SeriesProblems> Series, IReadOnlyList<ScenarioProblem> Problems);
