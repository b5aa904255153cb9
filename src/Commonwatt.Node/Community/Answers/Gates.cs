namespace Commonwatt.Node.Community.Answers;

/// <summary>Lets one at a time make the same thing, so that a crowd that asks for it at once costs what one does.</summary>
internal sealed class Gates
{
    private const int Count = 64;

    private readonly Lock[] gates = [.. Enumerable.Range(0, Count).Select(_ => new Lock())];

    /// <summary>The gate of a thing; now and then two things share one.</summary>
    public Lock Of<T>(T key)
        where T : struct => gates[(key.GetHashCode() & int.MaxValue) % Count];
}
