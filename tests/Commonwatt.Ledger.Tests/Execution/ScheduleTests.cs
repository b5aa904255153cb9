using Commonwatt.Ledger.Tests.Sample;
using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Execution;

public class ScheduleTests
{
    private readonly Chain chain = new(Genesis(hasSignatures: false));
    private readonly TransactionBuilder alice;

    public ScheduleTests() => alice = Builder(chain.Genesis, Alice);

    [Fact]
    public void Due_calls_run_in_the_order_of_their_times_and_then_of_their_scheduling()
    {
        chain.Add(alice.Build(Start, Remind(In(30), "third"), Remind(In(20), "first"), Remind(In(30), "fourth"), Remind(In(20), "second"), Remind(In(90), "late")));
        chain.Add(Proposer, In(19));
        Assert.Empty(Reminder.Rung(chain.State));
        chain.Add(Proposer, In(30));
        Assert.Equal(["first", "second", "third", "fourth"], Reminder.Rung(chain.State));
        Assert.Equal(4, chain.Last.ScheduledCount);
        Assert.Equal(In(90), chain.Executor.NextDue());
    }

    [Fact]
    public void Due_calls_run_before_the_transactions_of_their_block()
    {
        chain.Add(alice.Build(Start, Remind(In(10), "due")));
        chain.Add(Proposer, In(20), alice.Build(Start, TakeNote("after")));
        Assert.Equal([CallOrigin.Schedule, CallOrigin.Transaction], chain.Last.Receipts.Select(receipt => receipt.Origin));
        Assert.Equal(1u, chain.Tip.ScheduledCount);
        Assert.Equal(1u, chain.Tip.TransactionCount);
    }

    [Fact]
    public void A_due_call_that_schedules_for_now_or_earlier_has_it_run_in_the_same_block()
    {
        chain.Add(alice.Build(Start, Remind(In(10), "one", then: $"{In(5).UnixMilliseconds} two|{In(900).UnixMilliseconds} three")));
        chain.Add(Proposer, In(20));
        Assert.Equal(["one", "two"], Reminder.Rung(chain.State));
        chain.Add(Proposer, In(900));
        Assert.Equal(["one", "two", "three"], Reminder.Rung(chain.State));
        Assert.Null(chain.Executor.NextDue());
    }

    [Fact]
    public void What_a_transaction_schedules_for_the_past_runs_in_the_next_block_even_before_1970()
    {
        chain.Add(alice.Build(Start, Remind(In(-500), "past"), Remind(new Instant(-5), "long ago"), Remind(new Instant(long.MinValue), "ever")));
        Assert.Empty(Reminder.Rung(chain.State));
        chain.Add();
        Assert.Equal(["long ago", "ever", "past"], Reminder.Rung(chain.State));
    }

    [Fact]
    public void A_refused_due_call_changes_nothing_is_told_and_does_not_come_again()
    {
        chain.Add(alice.Build(Start, Remind(In(10), "refuse", then: $"{In(50).UnixMilliseconds} never"), Remind(In(11), "next")));
        chain.Add(Proposer, In(20));
        Assert.Equal(["asked-to", ""], chain.Last.Receipts.Select(receipt => receipt.Outcome.Code));
        Assert.Equal(["next"], Reminder.Rung(chain.State));
        Assert.Null(chain.Executor.NextDue());
    }

    [Fact]
    public void A_schedule_that_feeds_itself_does_not_hold_a_block_for_ever()
    {
        chain.Add(alice.Build(Start, Words("reminder", "nag-from-now-on", "hello")));
        chain.Add(Proposer, In(20), alice.Build(Start, TakeNote("still alive")));
        Assert.Equal(TransactionLimits.ScheduledCalls, chain.Last.ScheduledCount);
        Assert.Equal("still alive", Token.NoteOf(chain.State, Alice.Address));
    }

    [Fact]
    public void The_schedule_is_part_of_the_state()
    {
        Hash before = chain.Tip.StateRoot;
        chain.Add(alice.Build(Start, Remind(In(10), "x")));
        chain.Add(Proposer, In(20));
        Assert.NotEqual(before, chain.Tip.StateRoot);
    }

    private static Instant In(int seconds) => Start + TimeSpan.FromSeconds(seconds);
}
