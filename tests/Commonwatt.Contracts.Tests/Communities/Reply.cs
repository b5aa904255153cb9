using Commonwatt.Ledger.Execution;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>What became of somebody's transaction.</summary>
internal sealed record Reply(Outcome Outcome, IReadOnlyList<LedgerEvent> Events)
{
    public Reply Accepted()
    {
        Assert.True(Outcome.IsDone, Outcome.ToString());
        return this;
    }

    public void Refused(string code, string sentence) => Assert.Equal($"{code}: {sentence}", Outcome.ToString());

    public void Refused(string code) => Assert.Equal(code, Outcome.Code);

    public T The<T>()
        where T : IEvent<T> => Assert.Single(Events, one => one.Is<T>()).As<T>();
}
