using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Commands;

/// <summary>What the command line changes about a scenario.</summary>
/// <param name="Mechanism">The mechanism to clear with, or null for the scenario's.</param>
/// <param name="Seed">The seed of random numbers, or null for the scenario's.</param>
/// <param name="PerfectForecast">Whether every member knows what it will use and make.</param>
internal sealed record ScenarioChanges(string? Mechanism, long? Seed, bool PerfectForecast)
{
    /// <summary>Reads a scenario with its changes, and the data it names.</summary>
    /// <exception cref="InvalidDataException">Something is wrong with an option, the scenario or the data; the message lists all of it.</exception>
    public CommunityData Prepare(string path, bool skipBadRows)
    {
        if (Mechanism is not null && !MarketRules.Mechanisms.Contains(Mechanism, StringComparer.Ordinal))
        {
            throw new InvalidDataException($"--mechanism: '{Mechanism}' is no market mechanism: choose one of {string.Join(", ", MarketRules.Mechanisms)}.");
        }

        if (Seed < 0)
        {
            throw new InvalidDataException($"--seed: {Seed} is below zero: give a whole number from 0 on, such as 1.");
        }

        Scenario scenario = Apply(Good(path, ScenarioFile.Load(path)));
        return Good(path, CommunityData.Prepare(scenario, new CommunityDataOptions { SkipBadRows = skipBadRows }));
    }

    private Scenario Apply(Scenario scenario)
    {
        Scenario changed = scenario with
        {
            Market = scenario.Market with { Mechanism = Mechanism ?? scenario.Market.Mechanism },
            Seed = (ulong?)Seed ?? scenario.Seed,
        };
        return !PerfectForecast ? changed : changed with
        {
            Forecast = ForecastKind.Perfect,
            Members = [.. scenario.Members.Select(member => member with { Forecast = ForecastKind.Perfect })],
            MembersFrom = scenario.MembersFrom is { } meters ? meters with { Forecast = ForecastKind.Perfect } : null,
        };
    }

    private static T Good<T>(string path, ScenarioResult<T> result)
        where T : class =>
        result.Value ?? throw new InvalidDataException($"{path} cannot be simulated:\n{string.Join('\n', result.Problems.Select(problem => $"  {problem}"))}");
}
