namespace Commonwatt.Agents;

/// <summary>Knows what the meter will show: the yardstick for every other forecast.</summary>
/// <param name="net">The member's net readings (import minus export, Wh) of all periods; read, never changed.</param>
public sealed class PerfectForecast(ReadOnlyMemory<int> net) : IForecast
{
    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException"><paramref name="period"/> is outside the simulation.</exception>
    public Energy Net(int period, MemberHistory history) => new(net.Span[period]);
}
