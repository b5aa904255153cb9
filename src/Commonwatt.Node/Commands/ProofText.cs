using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Wire;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Explorer;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary>What a proof says, for people and as JSON.</summary>
internal static class ProofText
{
    private const decimal Micros = 1_000_000m;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantJson() },
    };

    /// <summary>Writes what a proof that was found right says.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="wanted">The event that is asked for, by name or number; or null.</param>
    /// <exception cref="InvalidDataException">The proof shows no such event.</exception>
    public static void Write(TextWriter output, LedgerProof proof, string? wanted = null)
    {
        ProofEvents? events = EventsOf(proof, wanted);
        BlockHeader header = proof.Block.Header;
        Facts facts = new Facts()
            .Add("ledger", header.LedgerId.ToString())
            .Add("block", string.Create(CultureInfo.InvariantCulture, $"{header.Height} of {header.Time}"));
        switch (proof)
        {
            case TransactionProof one:
                facts.Add("transaction", one.Transaction.Id.ToString()).Add("sender", one.Transaction.Sender.ToString());
                Describe(facts, one.Transaction.Calls);
                facts.Add("outcome", Of(one.Receipt.Outcome));
                break;
            case ReceiptProof one:
                facts.Add("receipt", string.Create(CultureInfo.InvariantCulture, $"{one.Index}, counted from 0, {Origin(one.Receipt)}"))
                    .Add("subject", one.Receipt.Subject.ToString())
                    .Add("outcome", Of(one.Receipt.Outcome));
                break;
            case StateProof entry when AccountEntry.HolderOf(entry.Key) is { } holder:
                facts.Add("account", $"{holder}{(AccountEntry.NameOf(holder) is { } name ? $", {name}" : "")}");
                Describe(facts, entry);
                break;
            case StateProof entry:
                facts.Add("key", Hex(entry.Key)).Add("value", entry.Value is { } value ? Hex(value) : "none: there is no such entry");
                break;
        }

        facts.Write(output);
        events?.Write(output);
    }

    /// <summary>Writes whether a proof is right and what it says as one JSON object; nothing of what a wrong one says.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="proof">The proof, or null where it could not be read.</param>
    /// <param name="file">Its file.</param>
    /// <param name="fault">What is wrong with it, or null.</param>
    /// <param name="wanted">The event that is asked for, by name or number; or null.</param>
    /// <exception cref="InvalidDataException">The proof shows no such event.</exception>
    public static void WriteJson(TextWriter output, LedgerProof? proof, string file, string? fault, string? wanted = null)
    {
        LedgerProof? right = fault is null ? proof : null;
        IEnumerable<object>? events = right is null ? null : EventsOf(right, wanted)?.ForPrograms();
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                Right = fault is null,
                File = file,
                Fault = fault,
                LedgerId = right?.Block.Header.LedgerId.ToString(),
                Height = right?.Block.Header.Height,
                Time = right?.Block.Header.Time.ToString(),
                HeaderHash = right?.Block.Header.HeaderHash().ToString(),
                Transaction = (right as TransactionProof) is { } one ? TransactionFields(one, events!) : null,
                Receipt = (right as ReceiptProof) is { } receipt ? ReceiptFields(receipt, events!) : null,
                State = (right as StateProof) is { } entry ? StateFields(entry) : null,
            },
            Format));
    }

    private static object TransactionFields(TransactionProof proof, IEnumerable<object> events) => new
    {
        Id = proof.Transaction.Id.ToString(),
        Sender = proof.Transaction.Sender.ToString(),
        proof.Transaction.Nonce,
        Calls = proof.Transaction.Calls.Select(NameOf),
        Arguments = proof.Transaction.Calls.Select(call => CallFields.Of(call)),
        Done = proof.Receipt.Outcome.IsDone,
        Code = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Code,
        Sentence = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Sentence,
        Events = events,
    };

    private static object ReceiptFields(ReceiptProof proof, IEnumerable<object> events) => new
    {
        proof.Index,
        Origin = proof.Receipt.Origin switch
        {
            CallOrigin.Transaction => "transaction",
            CallOrigin.Schedule => "schedule",
            _ => "genesis",
        },
        Subject = proof.Receipt.Subject.ToString(),
        Done = proof.Receipt.Outcome.IsDone,
        Code = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Code,
        Sentence = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Sentence,
        Events = events,
    };

    private static object StateFields(StateProof proof)
    {
        Account? account = AccountEntry.Read(proof);
        return new
        {
            Key = Hex(proof.Key),
            Present = proof.IsPresent,
            Value = proof.Value is { } value ? Hex(value) : null,
            Account = AccountEntry.HolderOf(proof.Key)?.ToString(),
            Balance = account?.Balance.Micros / Micros,
            Locked = account?.Locked.Micros / Micros,
            CreditLine = account?.CreditLine.Micros / Micros,
        };
    }

    private static void Describe(Facts facts, StateProof proof)
    {
        if (AccountEntry.Read(proof) is { } account)
        {
            facts.Add("balance", $"{account.Balance.ToDecimal()} of the currency")
                .Add("locked", $"{account.Locked.ToDecimal()} of the currency, set aside for orders")
                .Add("credit line", $"{account.CreditLine.ToDecimal()} of the currency");
        }
        else
        {
            facts.Add("balance", proof.IsPresent ? $"not readable by this build: {Hex(proof.Value)}" : "none: there is no such account");
        }
    }

    private static void Describe(Facts facts, IReadOnlyList<Call> calls)
    {
        foreach (Call call in calls)
        {
            facts.Add("call", PlainText.Of(NameOf(call)));
            foreach ((string name, string value) in CallFields.Of(call) is { } arguments ? FieldWords.Of(arguments) : [("bytes", Hex(call.Arguments.Span))])
            {
                facts.Add($"  {name}", PlainText.Of(value));
            }
        }
    }

    private static ProofEvents? EventsOf(LedgerProof proof, string? wanted)
    {
        Receipt? receipt = proof switch
        {
            TransactionProof one => one.Receipt,
            ReceiptProof one => one.Receipt,
            _ => null,
        };
        return receipt is not null ? new ProofEvents(receipt, ProofEvents.Find(receipt, wanted))
            : wanted is null ? null
            : throw new InvalidDataException("--event: the proof is of an entry of the state, and shows no event.");
    }

    private static string Of(Outcome outcome) => outcome.IsDone ? "done" : $"refused, {PlainText.Of(outcome.ToString())}";

    private static string Origin(Receipt receipt) => receipt.Origin switch
    {
        CallOrigin.Transaction => "of a transaction",
        CallOrigin.Schedule => "of a scheduled call",
        _ => "of a call of the genesis",
    };

    private static string NameOf(Call call) => $"{call.Contract}.{call.Method}";

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
