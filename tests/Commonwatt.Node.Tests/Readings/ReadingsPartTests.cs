using Commonwatt.Contracts.Metering;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Readings;
using Commonwatt.Node.Tests.Federation;
using static Commonwatt.Node.Tests.Readings.MeterHouse;

namespace Commonwatt.Node.Tests.Readings;

public sealed class ReadingsPartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_running_part_reports_by_itself_and_erases_a_person()
    {
        using var community = new SmallCommunity();
        community.At("14:01");
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var part = new ReadingsPart(new ReadingsSettings
        {
            Database = community.Database,
            Ledger = new Told(community, heard),
            GatewayKey = SmallCommunity.Key("gateway"),
            Clock = community,
            Log = line => heard.TrySetException(new InvalidOperationException(line)),
        }))
        {
            await part.StartAsync(TestContext.Current.CancellationToken);
            Assert.All(part.Intake.Take([Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500)])!, Assert.Null);
            await heard.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
            await part.EraseAsync("somebody", address: null, (int)community.IdOf("ben").Value, TestContext.Current.CancellationToken);
            Assert.Null(part.Source.LatestOf(community.IdOf("ben").Value));
        }

        Assert.Single(community.All<ReadingReported>());
    }

    [Fact]
    public async Task Who_has_the_answer_of_a_transaction_finds_in_the_nodes_state_what_it_did()
    {
        await using TrialRig rig = await TrialRig.StartAsync(validators: 1);
        SignedTransaction transfer = rig.Transfer();
        var ledger = new HostedLedger(rig.Nodes[0]!.Host);
        TransactionAnswer answer = await ledger.SubmitAsync(transfer, Deadline, TestContext.Current.CancellationToken);
        Assert.True(answer.Outcome.IsDone, answer.Outcome.ToString());
        Assert.Equal(transfer.Nonce, SystemTables.Nonces.FindOr(ledger.State!, transfer.Sender, default).Value);
        await rig.StopNodesAsync();
        await rig.StartNodesAsync();
        Assert.NotNull(new HostedLedger(rig.Nodes[0]!.Host).State);
    }

    /// <summary>A ledger that says when it was told something.</summary>
    private sealed class Told(SmallCommunity community, TaskCompletionSource heard) : ICommunityLedger
    {
        public Ledger.Blocks.LedgerGenesis Genesis => community.Genesis;

        public Contracts.CommunityRules Rules => community.Rules;

        public StateReader? State => community.State;

        public async Task<TransactionAnswer> SubmitAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel)
        {
            TransactionAnswer answer = await community.SubmitAsync(transaction, patience, cancel);
            heard.TrySetResult();
            return answer;
        }
    }
}
