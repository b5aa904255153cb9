using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Hosting;
using Google.Protobuf;
using Wire = Commonwatt.Ledger.Wire;

namespace Commonwatt.Node.Tests.Federation;

public class TransactionDeskTests
{
    private readonly RecentTransactions recent = new(most: 10);
    private readonly TransactionDesk desk;

    public TransactionDeskTests() => desk = new TransactionDesk(mostInFlight: 8, recent, TimeProvider.System);

    [Fact]
    public void A_stranger_who_signs_somebodys_body_does_not_get_the_right_transaction_turned_away()
    {
        SignedTransaction right = Transaction("anna");
        SignedTransaction forged = WithSignatureOf(right, Transaction("bela"));
        Task<TransactionAnswer> answer = desk.Enter(forged);
        Flight taken = Assert.Single(desk.TakeGroup());
        Assert.Same(forged, taken.Transaction);

        _ = desk.Enter(right);
        desk.TakeIn(taken, forged, Outcome.Refused("bad-signature", "It is not signed."), overtakenUpTo: null);

        Assert.False(answer.IsCompleted);
        Assert.Same(right, Assert.Single(desk.TakeGroup()).Transaction);
    }

    [Fact]
    public async Task A_forged_copy_of_what_is_on_its_way_is_refused()
    {
        SignedTransaction right = Transaction("anna");
        Task<TransactionAnswer> waiting = desk.Enter(right);

        TransactionAnswer forged = await desk.Enter(WithSignatureOf(right, Transaction("bela")));

        Assert.Equal("bad-signature", forged.Outcome.Code);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task What_is_too_much_is_turned_away_at_once()
    {
        var small = new TransactionDesk(mostInFlight: 2, recent, TimeProvider.System);
        _ = small.Enter(Transaction("anna"));
        _ = small.Enter(Transaction("bela"));

        TransactionAnswer third = await small.Enter(Transaction("chris"));

        Assert.Equal("busy", third.Outcome.Code);
        Assert.False(third.MayStillHappen);
    }

    [Fact]
    public async Task One_sender_leaves_the_others_room()
    {
        Task<TransactionAnswer> first = TakenIn(Transaction("anna", nonce: 1));
        _ = TakenIn(Transaction("anna", nonce: 2));

        TransactionAnswer third = await desk.Enter(Transaction("anna", nonce: 3));

        Assert.Equal("too-many-waiting", third.Outcome.Code);
        Assert.False(third.MayStillHappen);
        Assert.False(desk.Enter(Transaction("bela")).IsCompleted);
        _ = desk.TakeGroup();

        // What has its answer waits no more.
        recent.Take(Transaction("anna", nonce: 1), height: 7);
        desk.GiveAgain(isAllRemembered: true);
        Assert.True(first.IsCompleted);
        Assert.False(desk.Enter(Transaction("anna", nonce: 3)).IsCompleted);
    }

    [Fact]
    public async Task What_a_stranger_sends_in_somebodys_name_takes_nothing_of_his_room()
    {
        for (ulong nonce = 1; nonce <= 3; nonce++)
        {
            _ = desk.Enter(WithSignatureOf(Transaction("anna", nonce), Transaction("bela")));
        }

        Task<TransactionAnswer> right = desk.Enter(Transaction("anna", nonce: 4));
        await Task.Yield();
        Assert.False(right.IsCompleted);
    }

    [Fact]
    public async Task What_a_block_had_no_room_for_is_still_on_its_way()
    {
        SignedTransaction transaction = Transaction("anna");
        Task<TransactionAnswer> waiting = TakenIn(transaction);

        desk.Settle(Block(7, transaction, Outcome.Refused("block-full", "The block is full.")));

        Assert.False(waiting.IsCompleted);
        TransactionAnswer now = desk.Find(transaction.Id)!;
        Assert.Equal((TransactionStatus.Unknown, true), (now.Status, now.MayStillHappen));
        desk.Settle(Block(8, transaction, Outcome.Done));
        Assert.Equal(8UL, (await Ended(waiting)).Height);
    }

    [Fact]
    public async Task Who_waits_while_the_node_stops_is_told_that_it_may_still_happen()
    {
        Task<TransactionAnswer> waiting = desk.Enter(Transaction("anna"));

        desk.Close("The node is stopping.");

        Assert.True((await waiting).MayStillHappen);
        Assert.Equal("stopping", (await desk.Enter(Transaction("bela"))).Outcome.Code);
    }

    [Fact]
    public void What_the_node_forgot_is_given_to_it_again()
    {
        SignedTransaction transaction = Transaction("anna");
        _ = desk.Enter(transaction);
        desk.TakeIn(Assert.Single(desk.TakeGroup()), transaction, Outcome.Done, overtakenUpTo: null);
        Assert.Empty(desk.TakeGroup());

        desk.GiveAgain(isAllRemembered: true);

        Assert.Same(transaction, Assert.Single(desk.TakeGroup()).Transaction);
    }

    [Fact]
    public async Task Who_waits_for_what_a_block_of_another_node_holds_is_told_of_that_block()
    {
        SignedTransaction transaction = Transaction("anna");
        Task<TransactionAnswer> waiting = TakenIn(transaction);

        recent.Take(transaction, height: 7);
        desk.GiveAgain(isAllRemembered: true);

        TransactionAnswer answer = await Ended(waiting);
        Assert.Equal(7UL, answer.Height);
        Assert.Equal("receipt-not-at-hand", answer.Outcome.Code);
        Assert.Empty(desk.TakeGroup());
    }

    [Theory]
    [InlineData("nonce-used")]
    [InlineData("expired")]
    public async Task Nothing_that_a_final_block_holds_is_called_hopeless(string why)
    {
        SignedTransaction transaction = Transaction("anna");
        Task<TransactionAnswer> waiting = TakenIn(transaction);
        Refuse(transaction, why);

        recent.Take(transaction, height: 7);
        desk.EndHopeless(Final(7, transaction.ExpiresAt));

        Assert.Equal(7UL, (await Ended(waiting)).Height);
    }

    [Theory]
    [InlineData("not-validator")]
    [InlineData("expired")]
    [InlineData("busy")]
    public async Task What_was_taken_in_once_may_stand_in_the_order_whatever_the_node_says_after_it_was_opened_again(string code)
    {
        SignedTransaction transaction = Transaction("anna");
        Task<TransactionAnswer> waiting = TakenIn(transaction);
        desk.GiveAgain(isAllRemembered: true);

        desk.TakeIn(Assert.Single(desk.TakeGroup()), transaction, Outcome.Refused(code, "It is not taken in."), overtakenUpTo: null);

        Assert.False(waiting.IsCompleted);
        desk.EndHopeless(Final(7, transaction.ExpiresAt));
        Assert.Equal("expired", (await Ended(waiting)).Outcome.Code);
    }

    [Theory]
    [InlineData("nonce-used")]
    [InlineData("expired")]
    public async Task What_may_stand_in_a_block_that_is_not_remembered_is_not_called_refused(string why)
    {
        SignedTransaction transaction = Transaction("anna");
        Task<TransactionAnswer> waiting = TakenIn(transaction);

        desk.GiveAgain(isAllRemembered: false);
        Refuse(transaction, why);
        desk.EndHopeless(Final(7, why == "expired" ? transaction.ExpiresAt : new Instant(0)));

        TransactionAnswer answer = await Ended(waiting);
        Assert.Equal(TransactionStatus.Unknown, answer.Status);
        Assert.Equal("not-remembered", answer.Outcome.Code);
        Assert.False(answer.MayStillHappen);
    }

    [Fact]
    public void What_the_node_forgot_is_given_to_it_in_the_order_in_which_it_came()
    {
        SignedTransaction[] sent = [Transaction("bela"), Transaction("anna", nonce: 1), Transaction("anna", nonce: 2)];
        _ = desk.Enter(sent[0]);
        _ = desk.Enter(sent[1]);
        IReadOnlyList<Flight> given = desk.TakeGroup();
        // The place that the first leaves is where the third is kept.
        desk.TakeIn(given[0], sent[0], Outcome.Refused("unknown-sender", "Nobody knows it."), overtakenUpTo: null);
        desk.TakeIn(given[1], sent[1], Outcome.Done, overtakenUpTo: null);
        _ = desk.Enter(sent[2]);

        desk.GiveAgain(isAllRemembered: true);

        Assert.Equal([1UL, 2UL], desk.TakeGroup().Select(flight => flight.Transaction.Nonce));
    }

    [Fact]
    public void The_first_block_that_holds_a_transaction_is_the_one_that_counts()
    {
        SignedTransaction transaction = Transaction("anna");
        recent.Take(transaction, height: 7);
        recent.Take(transaction, height: 9);

        Assert.Equal(7UL, recent.FindSettled(transaction.Id)!.Height);
    }

    [Fact]
    public void What_had_no_room_and_was_overtaken_is_refused_for_good()
    {
        SignedTransaction transaction = Transaction("anna");
        recent.Take(Block(7, transaction, Outcome.Refused("block-full", "The block is full.")));
        Assert.Null(recent.FindSettled(transaction.Id));

        recent.Take(Block(8, transaction, Outcome.Refused("nonce-used", "It was overtaken.")));

        Assert.Equal("nonce-used", recent.FindSettled(transaction.Id)!.Outcome.Code);
    }

    private Task<TransactionAnswer> TakenIn(SignedTransaction transaction)
    {
        Task<TransactionAnswer> waiting = desk.Enter(transaction);
        desk.TakeIn(Assert.Single(desk.TakeGroup()), transaction, Outcome.Done, overtakenUpTo: null);
        return waiting;
    }

    // The node was opened again: its state has the nonce at height 7, or its clock is past the expiry.
    private void Refuse(SignedTransaction transaction, string code)
    {
        desk.GiveAgain(isAllRemembered: true);
        desk.TakeIn(Assert.Single(desk.TakeGroup()), transaction, Outcome.Refused(code, "It is not taken in."), code == "nonce-used" ? 7 : null);
    }

    private static async Task<TransactionAnswer> Ended(Task<TransactionAnswer> waiting)
    {
        Assert.True(waiting.IsCompleted);
        return await waiting;
    }

    private static BlockHeader Final(ulong height, Instant time) =>
        new(Hash.Zero, height, Hash.Zero, time, default, Hash.Zero, Hash.Zero, Hash.Zero, Hash.Zero, 0, 0, default, Hash.Zero);

    private static FinalBlock Block(ulong height, SignedTransaction transaction, Outcome outcome)
    {
        using var validator = SigningKey.FromSeed("validator");
        Receipt[] receipts = [new Receipt(CallOrigin.Transaction, transaction.Id, outcome, [])];
        var validators = new ValidatorSet([new ValidatorMember(validator.PublicKey, Power: 1)]);
        var executed = new ExecutedBlock(height, new Instant(0), validator.Address, receipts, ScheduledCount: 0, new LedgerState().Freeze(), validators);
        return new FinalBlock(Final(height, new Instant(0)), executed, [transaction], BlockCertificate.Of([]));
    }

    private static SignedTransaction Transaction(string sender, ulong nonce = 1)
    {
        using var key = SigningKey.FromSeed(sender);
        var builder = new TransactionBuilder(Hash.Of("test"u8), key);
        builder.ContinueAfter(nonce - 1);
        return builder.Build(new Instant(1_700_000_000_000), TransactionBuilder.Call("wallet", "transfer", new Transfer { Amount = 1 }));
    }

    private static SignedTransaction WithSignatureOf(SignedTransaction transaction, SignedTransaction other)
    {
        Wire.Transaction message = Wire.Transaction.Parser.ParseFrom(transaction.Bytes.Span);
        message.Signature = ByteString.CopyFrom(other.Signature.Span);
        return SignedTransaction.Decode(message.ToByteArray());
    }
}
