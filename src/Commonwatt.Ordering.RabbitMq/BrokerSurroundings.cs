namespace Commonwatt.Ordering.RabbitMq;

/// <summary>What an orderer or channel has from outside, so that tests can put their own in its place.</summary>
/// <param name="Clock">The clock that waits are measured with.</param>
/// <param name="Random">Spreads the attempts of several nodes to connect; used by one thread at a time.</param>
/// <param name="Log">Told, in a sentence, what an operator should know. Called from any thread.</param>
public sealed record BrokerSurroundings(TimeProvider Clock, Random Random, Action<string> Log);
