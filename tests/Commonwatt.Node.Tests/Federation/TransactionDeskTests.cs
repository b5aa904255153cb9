using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Google.Protobuf;
using Wire = Commonwatt.Ledger.Wire;

namespace Commonwatt.Node.Tests.Federation;

public class TransactionDeskTests
{
    private readonly TransactionDesk desk = new(mostInFlight: 2, new RecentTransactions(most: 10), TimeProvider.System);

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
        _ = desk.Enter(Transaction("anna"));
        _ = desk.Enter(Transaction("bela"));

        TransactionAnswer third = await desk.Enter(Transaction("chris"));

        Assert.Equal("busy", third.Outcome.Code);
        Assert.False(third.MayStillHappen);
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

        desk.GiveAgain();

        Assert.Same(transaction, Assert.Single(desk.TakeGroup()).Transaction);
    }

    private static SignedTransaction Transaction(string sender)
    {
        using var key = SigningKey.FromSeed(sender);
        return new TransactionBuilder(Hash.Of("test"u8), key).Build(new Instant(1_700_000_000_000), TransactionBuilder.Call("wallet", "transfer", new Transfer { Amount = 1 }));
    }

    private static SignedTransaction WithSignatureOf(SignedTransaction transaction, SignedTransaction other)
    {
        Wire.Transaction message = Wire.Transaction.Parser.ParseFrom(transaction.Bytes.Span);
        message.Signature = ByteString.CopyFrom(other.Signature.Span);
        return SignedTransaction.Decode(message.ToByteArray());
    }
}
