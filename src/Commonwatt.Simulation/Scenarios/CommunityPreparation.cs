namespace Commonwatt.Simulation.Scenarios;

/// <summary>Puts a scenario's data on its grid.</summary>
internal sealed class CommunityPreparation(Scenario scenario, CommunityDataOptions options)
{
    public ScenarioResult<CommunityData> Run() => throw new NotSupportedException($"{scenario.Name} {options}");
}
