namespace Commonwatt.Node.Commands;

/// <summary>What <c>simulate</c> was asked for.</summary>
/// <param name="ScenarioPath">The scenario file; it exists.</param>
/// <param name="Mechanism">The mechanism to use in place of the scenario's, or null.</param>
/// <param name="Seed">The seed to use in place of the scenario's, or null.</param>
/// <param name="PerfectForecast">Whether members know what they will use and make.</param>
/// <param name="Signatures">Whether transactions are signed and checked.</param>
/// <param name="SkipBadRows">Whether unreadable rows are left out rather than refused.</param>
internal sealed record SimulateRequest(string ScenarioPath, string? Mechanism, long? Seed, bool PerfectForecast, bool Signatures, bool SkipBadRows);
