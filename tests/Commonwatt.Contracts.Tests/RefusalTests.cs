using Commonwatt.Contracts.Tests.Communities;

namespace Commonwatt.Contracts.Tests;

public sealed class RefusalTests
{
    public static TheoryData<string> Names => [.. Refusals.Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_is_refused_with_its_code_and_a_sentence_and_changes_nothing(string name)
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("12:10").Member("ben").Bids(1, 0.1m, label: 9).Accepted();
        Reply reply = Refusals.Calls[name].Call(community);
        Assert.Equal(Refusals.Calls[name].Answer, reply.Outcome.ToString());
        Assert.Empty(reply.Events);
        community.At("15:00").EveryScheduledCallWasDone();
    }
}
