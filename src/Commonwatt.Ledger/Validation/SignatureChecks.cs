using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>Checks many signatures: by far the most work there is, and none of it depends on another.</summary>
public static class SignatureChecks
{
    private const int TooFewToShare = 16;

    /// <summary>For each transaction whether its signature is valid.</summary>
    /// <param name="transactions">The transactions.</param>
    /// <param name="threads">On how many threads to check.</param>
    public static bool[] Run(IReadOnlyList<SignedTransaction> transactions, int threads)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        bool[] valid = new bool[transactions.Count];
        if (threads < 2 || valid.Length < TooFewToShare)
        {
            for (int index = 0; index < valid.Length; index++)
            {
                valid[index] = transactions[index].IsSignatureValid();
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Parallel.For(0, valid.Length, options, index => valid[index] = transactions[index].IsSignatureValid());
        }

        return valid;
    }
}
