using System.Text.Json;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Tests.Federation;

public class FederationTests
{
    [Fact]
    public async Task A_transaction_is_certified_through_every_validator_and_all_agree()
    {
        await using TrialRig rig = await TrialRig.StartAsync(followers: 1);

        for (int node = 0; node < 4; node++)
        {
            (int status, JsonElement answer) = await rig.SendAsync(node, rig.Transfer());

            Assert.Equal(200, status);
            Assert.Equal("final", answer.GetProperty("status").GetString());
            Assert.False(answer.GetProperty("mayStillHappen").GetBoolean());
        }

        ulong height = await rig.FinalHeightAsync(3);
        await rig.UntilAsync(async () => await rig.FinalHeightAsync(4) >= height, "the follower is not where the validators are");
        (int refusedStatus, JsonElement refused) = await rig.SendAsync(4, rig.Transfer());
        Assert.Equal(503, refusedStatus);
        Assert.Equal("not-validator", refused.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_transaction_that_is_sent_again_gets_its_first_answer_anywhere()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        SignedTransaction transaction = rig.Transfer();
        (_, JsonElement first) = await rig.SendAsync(0, transaction);

        for (int node = 0; node < 4; node++)
        {
            (_, JsonElement again) = await rig.SendAsync(node, transaction);

            Assert.Equal("final", again.GetProperty("status").GetString());
            Assert.Equal(first.GetProperty("height").GetUInt64(), again.GetProperty("height").GetUInt64());
        }

        (int status, JsonElement found) = await rig.GetAsync(0, $"transactions/{transaction.Id}");
        Assert.Equal(200, status);
        Assert.Equal("final", found.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_transaction_that_is_sent_to_all_at_once_is_executed_once_and_answered_alike()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        SignedTransaction transaction = rig.Transfer();

        (int Status, JsonElement Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => rig.SendAsync(node, transaction)));

        Assert.All(answers, answer => Assert.Equal("final", answer.Body.GetProperty("status").GetString()));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("height").GetUInt64()).Distinct());
    }

    [Fact]
    public async Task What_a_contract_refuses_is_certified_with_its_reason()
    {
        await using TrialRig rig = await TrialRig.StartAsync();

        (int status, JsonElement answer) = await rig.SendAsync(2, rig.Transfer(amount: 999_000_000));

        Assert.Equal(200, status);
        Assert.Equal("refused", answer.GetProperty("status").GetString());
        Assert.Equal("insufficient-funds", answer.GetProperty("code").GetString());
        Assert.True(answer.GetProperty("height").GetUInt64() > 0);
        Assert.False(answer.GetProperty("mayStillHappen").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_admitted_is_refused_at_once()
    {
        await using TrialRig rig = await TrialRig.StartAsync();

        (int status, JsonElement answer) = await rig.SendAsync(0, rig.Transfer(now: TimeProvider.System.GetUtcNow().AddDays(-2)));

        Assert.Equal(422, status);
        Assert.Equal("expired", answer.GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("height").ValueKind);
    }

    [Fact]
    public async Task A_node_that_was_stopped_catches_up_and_takes_part_again()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        await rig.Nodes.StopAsync(2);
        SignedTransaction meanwhile = rig.Transfer();
        Assert.Equal("final", (await rig.SendAsync(0, meanwhile)).Body.GetProperty("status").GetString());
        ulong height = await rig.FinalHeightAsync(0);

        await rig.Nodes.RestartAsync(2);

        await rig.UntilAsync(async () => await rig.FinalHeightAsync(2) >= height, "the node did not catch up");
        Assert.Equal("final", (await rig.SendAsync(2, meanwhile)).Body.GetProperty("status").GetString());
        Assert.Equal("final", (await rig.SendAsync(2, rig.Transfer())).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Without_two_thirds_an_answer_says_it_may_still_happen_and_then_it_does()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        await rig.Nodes.StopAsync(2);
        await rig.Nodes.StopAsync(3);
        SignedTransaction transaction = rig.Transfer();

        (int status, JsonElement waiting) = await rig.SendAsync(0, transaction, wait: "0.2");
        (int elsewhereStatus, JsonElement elsewhere) = await rig.SendAsync(1, transaction, wait: "0.2");

        Assert.Equal(202, status);
        Assert.Equal("unknown", waiting.GetProperty("status").GetString());
        Assert.True(waiting.GetProperty("mayStillHappen").GetBoolean());
        Assert.Contains("Send the same bytes again", waiting.GetProperty("sentence").GetString()!, StringComparison.Ordinal);
        Assert.Equal(202, elsewhereStatus);
        Assert.True(elsewhere.GetProperty("mayStillHappen").GetBoolean());

        await rig.Nodes.RestartAsync(2);
        await rig.Nodes.RestartAsync(3);

        Assert.Equal("final", (await rig.SendAsync(0, transaction)).Body.GetProperty("status").GetString());
        Assert.Equal("final", (await rig.SendAsync(3, transaction)).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_federation_that_was_stopped_leaves_ledgers_that_verify_and_goes_on_later()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        SignedTransaction transaction = rig.Transfer();
        await rig.SendAsync(0, transaction);
        await rig.StopNodesAsync();

        for (int node = 0; node < 4; node++)
        {
            Ran ran = await Ran.Of("verify", rig.LedgerOf(node));
            Assert.True(ran.ExitCode == ExitCode.Done, ran.Output + ran.Error);
        }

        await rig.StartNodesAsync();
        (_, JsonElement again) = await rig.SendAsync(0, transaction);
        Assert.Equal("receipt-not-at-hand", again.GetProperty("code").GetString());
        Assert.False(again.GetProperty("mayStillHappen").GetBoolean());
        Assert.Equal("final", (await rig.SendAsync(1, rig.Transfer())).Body.GetProperty("status").GetString());
    }
}
