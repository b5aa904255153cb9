namespace Commonwatt.Node.Hosting;

/// <summary>A part of a node that may not be ready yet, such as tables that are still being made from the ledger.</summary>
internal interface IReadiness
{
    /// <summary>Why it is not ready, in a sentence, or null where it is. Called from any thread.</summary>
    string? Obstacle { get; }
}
