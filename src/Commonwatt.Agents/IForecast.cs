namespace Commonwatt.Agents;

/// <summary>Says for one member what its meter will show.</summary>
public interface IForecast
{
    /// <summary>The net energy (import minus export) that the member's meter is expected to show in a period.</summary>
    /// <param name="period">The index of the period, 0 for the first of the simulation.</param>
    /// <param name="history">What the member has seen so far.</param>
    Energy Net(int period, MemberHistory history);
}

/// <summary>The forecasts that a scenario can name.</summary>
public enum ForecastKind
{
    /// <summary><c>persistence</c>: see <see cref="PersistenceForecast"/>.</summary>
    Persistence,

    /// <summary><c>perfect</c>: see <see cref="PerfectForecast"/>.</summary>
    Perfect,
}
