using Commonwatt.Contracts;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Node.Commands;

/// <summary>A ledger file as the command line names it.</summary>
internal static class LedgerFile
{
    /// <summary>Verifies it from the first byte to the last, on all processors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="onBlock">Told every block once it is found right.</param>
    public static VerificationReport Verify(string path, IProgress<double> progress, Action<VerifiedBlock>? onBlock = null)
    {
        string full = Path.GetFullPath(path);
        var disk = new FolderDisk(Path.GetDirectoryName(full)!, isReadOnly: true);
        return LedgerVerifier.Verify(disk, Path.GetFileName(full), CommunityRules.Catalog, Environment.ProcessorCount, progress, onBlock);
    }
}
