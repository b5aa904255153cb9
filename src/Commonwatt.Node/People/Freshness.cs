namespace Commonwatt.Node.People;

/// <summary>Says whether what was read of people is still so: every change of an account, a role or a session makes all of it old.</summary>
/// <remarks>Changes are rare beside requests, so one number for everybody serves, and nothing can be forgotten.</remarks>
internal sealed class Freshness
{
    private long changes;

    /// <summary>How many changes there were.</summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>Something has changed, and is in the database.</summary>
    public void HasChanged() => Interlocked.Increment(ref changes);
}
