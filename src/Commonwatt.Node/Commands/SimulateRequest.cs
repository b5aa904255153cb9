using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Commands;

/// <summary>What <c>simulate</c> was asked for.</summary>
/// <param name="ScenarioPath">The scenario file; it exists.</param>
/// <param name="Mechanism">The mechanism to use in place of the scenario's, or null.</param>
/// <param name="Seed">The seed to use in place of the scenario's, or null.</param>
/// <param name="PerfectForecast">Whether members know what they will use and make.</param>
/// <param name="Signatures">Whether transactions are signed and checked.</param>
/// <param name="SkipBadRows">Whether unreadable rows are left out rather than refused.</param>
internal sealed record SimulateRequest(string ScenarioPath, string? Mechanism, long? Seed, bool PerfectForecast, bool Signatures, bool SkipBadRows)
{
    /// <summary>The scenario with what the command line puts in place of its own.</summary>
    /// <exception cref="InvalidDataException">A value is not one that a scenario can have; the message says what is right.</exception>
    public Scenario Apply(Scenario scenario)
    {
        if (Mechanism is not null && !MarketRules.Mechanisms.Contains(Mechanism))
        {
            throw new InvalidDataException($"--mechanism '{Mechanism}' is no market mechanism: choose one of {string.Join(", ", MarketRules.Mechanisms)}.");
        }

        if (Seed < 0)
        {
            throw new InvalidDataException($"--seed {Seed} is negative: give a whole number from 0 up.");
        }

        Scenario applied = scenario with
        {
            Market = scenario.Market with { Mechanism = Mechanism ?? scenario.Market.Mechanism },
            Seed = (ulong?)Seed ?? scenario.Seed,
        };
        return PerfectForecast ? Foresee(applied) : applied;
    }

    private static Scenario Foresee(Scenario scenario) => scenario with
    {
        Forecast = ForecastKind.Perfect,
        Members = [.. scenario.Members.Select(member => member with { Forecast = ForecastKind.Perfect })],
        MembersFrom = scenario.MembersFrom is { } members ? members with { Forecast = ForecastKind.Perfect } : null,
    };
}
