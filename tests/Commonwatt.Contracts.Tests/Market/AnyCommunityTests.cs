using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Contracts.Tests.Market;

/// <summary>Whatever people do in whatever order, the books are right after every block: see <see cref="EventBooks"/>.</summary>
public sealed class AnyCommunityTests
{
    [Fact]
    public void Money_is_conserved_locks_end_and_a_replay_agrees_whatever_people_do()
    {
        int traded = 0;
        int corrected = 0;
        Prop.ForAll(AnyCommunity.After(length: 70), story =>
        {
            using TestCommunity community = story.Run();
            traded += community.All<PeriodSettled>().Count(settled => settled.Trades.Trades.Length > 0);
            corrected += community.All<PeriodCorrected>().Count;
            community.EveryScheduledCallWasDone();
            community.ReplaysAlike();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        Assert.True(traded > 5, $"Only {traded} periods had trades: the communities are too quiet to try anything.");
        Assert.True(corrected > 0, "No period was corrected: the communities are too punctual to try anything.");
    }
}
