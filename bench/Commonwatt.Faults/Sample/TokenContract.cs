using Google.Protobuf.WellKnownTypes;

namespace Commonwatt.Faults.Sample;

/// <summary>A token that members pass on, with some methods that do what a contract should not.</summary>
internal sealed class TokenContract : Contract
{
    private readonly Table<Address, Amount> balances;
    private readonly Table<Address, Note> notes;

    public TokenContract()
        : base("token")
    {
        balances = Table<Address, Amount>("balances", balance => balance.Units);
        notes = Table<Address, Note>("notes");
        OnGenesis("issue", BytesValue.Parser, (context, payment) => Move(context, Address, Payment.Read(payment)));
        On("transfer", BytesValue.Parser, Transfer);
        On("note", StringValue.Parser, TakeNote);
        On("mint", Int64Value.Parser, (context, amount) => Mint(context, amount.Value));
        On("mint-and-refuse", Int64Value.Parser, (context, amount) =>
        {
            Mint(context, amount.Value);
            return Outcome.Refused("changed-my-mind", "The money was made and taken back.");
        });
        On("throw", StringValue.Parser, (context, words) =>
        {
            TakeNote(context, words);
            throw new InvalidOperationException(words.Value);
        });
        On("answer-nothing", Empty.Parser, (_, _) => null!);
        On("overflow", Int64Value.Parser, (context, amount) => Move(context, context.Sender, new Payment(Address, checked(long.MaxValue + amount.Value))));
        On("work", Int64Value.Parser, Work);
        On("read-note", Empty.Parser, (context, _) => NoteOf(context, context.Sender) is null ? Outcome.Refused("none", "There is no note.") : Outcome.Done);
        On("refuse-with", StringValue.Parser, (_, words) => Outcome.Refused("as-you-wish", words.Value));
        On("list", Empty.Parser, (context, _) => balances.All(context).Count > 0 ? Outcome.Done : Outcome.Refused("empty", "There is no balance."));
    }

    public Amount BalanceOf(StateReader state, Address holder) => balances.FindOr(state, holder, default);

    public string? NoteOf(StateReader state, Address author) => notes.TryFind(state, author, out Note note) ? note.Words : null;

    public byte[] BalanceKey(Address holder) => balances.StateKey(holder);

    public long Total(StateReader state) => balances.All(state).Sum(entry => entry.Value.Units);

    // The credit is written before the debit is found to be too much: so a refusal has something to take back.
    private Outcome Transfer(CallContext context, BytesValue arguments)
    {
        Payment payment = Payment.Read(arguments);
        return Move(context, context.Sender, payment);
    }

    private Outcome Move(CallContext context, Address from, Payment payment)
    {
        balances.Put(context, payment.To, new Amount(BalanceOf(context, payment.To).Units + payment.Units));
        long left = BalanceOf(context, from).Units - payment.Units;
        if (left < 0 && from != Address)
        {
            return Outcome.Refused("insufficient-funds", $"{from} has {left + payment.Units}, {payment.Units} are needed.");
        }

        balances.Put(context, from, new Amount(left));
        return Outcome.Done;
    }

    private Outcome TakeNote(CallContext context, StringValue words)
    {
        notes.Put(context, context.Sender, new Note(words.Value));
        context.Emit(new Note(words.Value));
        return Outcome.Done;
    }

    private Outcome Mint(CallContext context, long units)
    {
        balances.Put(context, context.Sender, new Amount(BalanceOf(context, context.Sender).Units + units));
        return Outcome.Done;
    }

    private Outcome Work(CallContext context, Int64Value times)
    {
        for (long time = 0; time < times.Value; time++)
        {
            BalanceOf(context, context.Sender);
        }

        return Outcome.Done;
    }
}

/// <summary>What is paid to whom, as the token's methods take it.</summary>
internal readonly record struct Payment(Address To, long Units)
{
    public static Payment Read(BytesValue arguments)
    {
        var reader = new CanonicalReader(arguments.Value.Span);
        return new Payment(Address.Read(ref reader), reader.Int64());
    }

    public BytesValue ToArguments()
    {
        var writer = new CanonicalWriter(stackalloc byte[32]);
        To.Write(ref writer);
        writer.Int64(Units);
        return new BytesValue { Value = Google.Protobuf.ByteString.CopyFrom(writer.Written) };
    }
}
