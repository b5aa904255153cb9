using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Verification;

/// <summary>What verifying a ledger file found.</summary>
/// <param name="Name">The ledger's name, or null where not even its genesis could be read.</param>
/// <param name="LedgerId">The ledger's id.</param>
/// <param name="Blocks">How many blocks were found right.</param>
/// <param name="Transactions">How many transactions they hold.</param>
/// <param name="Refused">How many of those were refused when they were executed.</param>
/// <param name="Tip">The hash of the newest header that was found right.</param>
/// <param name="Validators">The validators whose signatures make that header final, or null where none was found right.</param>
/// <param name="HasSignatures">Whether the ledger's transactions are signed.</param>
/// <param name="FaultHeight">The height where something is wrong, or null where nothing is.</param>
/// <param name="Fault">What is wrong there, in a sentence.</param>
public sealed record VerificationReport(
    string? Name,
    Hash LedgerId,
    long Blocks,
    long Transactions,
    long Refused,
    Hash Tip,
    ValidatorSet? Validators,
    bool HasSignatures,
    long? FaultHeight,
    string? Fault)
{
    /// <summary>Whether everything is right.</summary>
    public bool IsRight => Fault is null;

    /// <summary>The same report, with a fault where the file is right but does not end at a tip known from elsewhere: a file alone cannot show that it was cut off.</summary>
    /// <param name="tip">The hash of the header that it must end with.</param>
    public VerificationReport EndingAt(Hash tip) => !IsRight || tip == Tip
        ? this
        : this with
        {
            FaultHeight = Blocks,
            Fault = $"The file ends with the block {Tip}, not with {tip}: what came after it was cut off, or this is another ledger.",
        };
}
