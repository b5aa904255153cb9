using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>Holds what clients were told against what the ledger holds.</summary>
internal static class Promises
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    // With these a transaction is not admitted: it leaves a receipt, uses no nonce and changes nothing.
    private static readonly string[] NotAdmitted = ["wrong-ledger", "bad-signature", "expired", "expires-too-late", "unknown-sender", "nonce-used", "block-full"];

    /// <summary>Every transaction is admitted once at most, at the height and with the outcome that its client was told, and money is where these lead it.</summary>
    public static void AreKept(Load load, VerifiedLedger ledger)
    {
        Dictionary<Address, long> expected = load.Addresses.ToDictionary(member => member, _ => Member.OpeningBalance);
        foreach (SentTransaction sent in load.Sent.Values)
        {
            CertifiedAnswer answer = sent.Answer!;
            IReadOnlyList<(ulong Height, Outcome Outcome)> receipts = ledger.ReceiptsOf(sent.Signed.Id);
            (ulong Height, Outcome Outcome)[] admitted = [.. receipts.Where(receipt => !NotAdmitted.Contains(receipt.Outcome.Code, StringComparer.Ordinal))];
            string story = $"{sent.Signed.Id} was told as {answer}; the ledger has {string.Join("; ", receipts)}.";
            Assert.True(admitted.Length <= 1, $"Admitted more than once: {story}");
            Assert.True(Agrees(answer, receipts, admitted), $"Not as it was told: {story}");
            if (admitted is [{ Outcome.IsDone: true } done])
            {
                expected[sent.Signed.Sender] -= sent.Amount;
                expected[sent.To] += sent.Amount;
                Instant known = Instant.From(answer.At + Tolerance);
                Assert.True(ledger.Headers[(int)done.Height].Time <= known, $"Block {done.Height} is of {ledger.Headers[(int)done.Height].Time}, and was known before {known}.");
            }
        }

        foreach ((Address member, long balance) in expected)
        {
            Assert.Equal(balance, ledger.BalanceOf(member));
        }
    }

    /// <summary>All ledgers hold the same blocks.</summary>
    public static void AreTheSame(IReadOnlyList<VerifiedLedger> ledgers)
    {
        foreach (VerifiedLedger other in ledgers.Skip(1))
        {
            Assert.Equal(ledgers[0].Headers.Count, other.Headers.Count);
            foreach ((BlockHeader one, BlockHeader same) in ledgers[0].Headers.Zip(other.Headers))
            {
                Assert.Equal(one, same);
            }
        }
    }

    private static bool Agrees(CertifiedAnswer answer, IReadOnlyList<(ulong Height, Outcome Outcome)> receipts, (ulong Height, Outcome Outcome)[] admitted) => answer.Kind switch
    {
        AnswerKind.Done => admitted is [{ Outcome.IsDone: true } done] && done.Height == answer.Height,
        AnswerKind.RefusedInBlock when answer.Code == "nonce-used" => admitted.Length == 0 && receipts.Any(receipt => receipt.Height == answer.Height),
        AnswerKind.RefusedInBlock => admitted is [{ Outcome.IsDone: false } refused] && (refused.Height, refused.Outcome.Code) == (answer.Height, answer.Code),
        AnswerKind.Overtaken => admitted.Length == 0,
        _ => receipts.Count > 0 && receipts[0].Height == answer.Height,
    };
}
