using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
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
    };

    /// <summary>Writes what a proof that was found right says.</summary>
    public static void Write(TextWriter output, LedgerProof proof)
    {
        BlockHeader header = proof.Block.Header;
        Facts facts = new Facts()
            .Add("ledger", header.LedgerId.ToString())
            .Add("block", string.Create(CultureInfo.InvariantCulture, $"{header.Height} of {header.Time}"));
        switch (proof)
        {
            case TransactionProof one:
                facts.Add("transaction", one.Transaction.Id.ToString())
                    .Add("sender", one.Transaction.Sender.ToString())
                    .Add("calls", Plain(string.Join(", ", Calls(one))));
                Describe(facts, one.Receipt);
                break;
            case ReceiptProof one:
                facts.Add("receipt", string.Create(CultureInfo.InvariantCulture, $"{one.Index}, counted from 0, {Origin(one.Receipt)}")).Add("subject", one.Receipt.Subject.ToString());
                Describe(facts, one.Receipt);
                break;
            case StateProof entry when AccountEntry.HolderOf(entry.Key) is { } holder:
                facts.Add("account", holder.ToString());
                Describe(facts, entry);
                break;
            case StateProof entry:
                facts.Add("key", Hex(entry.Key)).Add("value", entry.Value is { } value ? Hex(value) : "none: there is no such entry");
                break;
        }

        facts.Write(output);
    }

    /// <summary>Writes whether a proof is right and what it says as one JSON object; nothing of what a wrong one says.</summary>
    public static void WriteJson(TextWriter output, LedgerProof? proof, string file, string? fault)
    {
        LedgerProof? right = fault is null ? proof : null;
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
                Transaction = (right as TransactionProof) is { } one ? TransactionFields(one) : null,
                Receipt = (right as ReceiptProof) is { } receipt ? ReceiptFields(receipt) : null,
                State = (right as StateProof) is { } entry ? StateFields(entry) : null,
            },
            Format));
    }

    private static object TransactionFields(TransactionProof proof) => new
    {
        Id = proof.Transaction.Id.ToString(),
        Sender = proof.Transaction.Sender.ToString(),
        proof.Transaction.Nonce,
        Calls = Calls(proof),
        Done = proof.Receipt.Outcome.IsDone,
        Code = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Code,
        Sentence = proof.Receipt.Outcome.IsDone ? null : proof.Receipt.Outcome.Sentence,
        Events = Events(proof.Receipt),
    };

    private static object ReceiptFields(ReceiptProof proof) => new
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
        Events = Events(proof.Receipt),
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
            facts.Add("balance", account.Balance.ToDecimal()).Add("locked", account.Locked.ToDecimal()).Add("credit line", account.CreditLine.ToDecimal());
        }
        else
        {
            facts.Add("balance", proof.IsPresent ? $"not readable by this build: {Hex(proof.Value)}" : "none: there is no such account");
        }
    }

    private static void Describe(Facts facts, Receipt receipt)
    {
        facts.Add("outcome", receipt.Outcome.IsDone ? "done" : $"refused, {Plain(receipt.Outcome.ToString())}");
        facts.Add("events", receipt.Events.Count == 0 ? "none" : Plain(string.Join(", ", receipt.Events.Select(happened => happened.Name))));
    }

    private static string Origin(Receipt receipt) => receipt.Origin switch
    {
        CallOrigin.Transaction => "of a transaction",
        CallOrigin.Schedule => "of a scheduled call",
        _ => "of a call of the genesis",
    };

    private static IEnumerable<object> Events(Receipt receipt) => receipt.Events.Select(happened => new { happened.Name, Data = Hex(happened.Data.Span) });

    private static IEnumerable<string> Calls(TransactionProof proof) => proof.Transaction.Calls.Select(call => $"{call.Contract}.{call.Method}");

    // A sender may name a contract as he likes, and codes that move a cursor are no name.
    private static string Plain(string words) => string.Concat(words.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
