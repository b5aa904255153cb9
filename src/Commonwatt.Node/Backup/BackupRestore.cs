using System.IO.Compression;
using System.Security.Cryptography;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Founding;

namespace Commonwatt.Node.Backup;

/// <summary>Brings a backup back into a new folder: every file is checked, and the ledger verified, before the folder has its name.</summary>
internal static class BackupRestore
{
    private const int MostFiles = 1000;

    /// <summary>Restores a backup.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="folder">The new folder.</param>
    /// <param name="progress">Told which part of the ledger is verified.</param>
    /// <returns>What was in it.</returns>
    /// <exception cref="InvalidDataException">The folder is not empty, or the backup is harmed.</exception>
    public static BackupManifest Restore(string path, string folder, IProgress<double> progress)
    {
        var target = new CommunityFolder(folder);
        target.RequireEmpty();
        string unfinished = target.Path + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            throw new InvalidDataException($"'{unfinished}' is left of a restoring that was cut off: delete it, and try again.");
        }

        try
        {
            BackupManifest manifest = Unpack(path, unfinished);
            Verify(manifest, unfinished, progress);
            if (Directory.Exists(target.Path))
            {
                Directory.Delete(target.Path);
            }

            Directory.Move(unfinished, target.Path);
            return manifest;
        }
        catch
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            throw;
        }
    }

    private static BackupManifest Unpack(string path, string folder)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            BackupManifest manifest = ReadList(archive, path);
            Directory.CreateDirectory(folder);
            foreach (BackupFile file in manifest.Files)
            {
                ZipArchiveEntry entry = archive.GetEntry(file.Path) ?? throw new InvalidDataException($"{path} lacks the file '{file.Path}' that it lists.");
                Unpack(entry, file, folder, path);
            }

            return manifest;
        }
        catch (InvalidDataException wrong) when (!wrong.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is no backup, or harmed: {wrong.Message}", wrong);
        }
    }

    private static BackupManifest ReadList(ZipArchive archive, string path)
    {
        using Stream list = archive.GetEntry(BackupManifest.EntryName)?.Open() ?? throw new InvalidDataException($"{path} has no list of its files: it is no backup, or its making was cut off.");
        BackupManifest manifest = BackupManifest.Read(list);
        return manifest.Files.Count <= MostFiles ? manifest : throw new InvalidDataException($"{path} lists {manifest.Files.Count} files: a backup has at most {MostFiles}.");
    }

    private static void Unpack(ZipArchiveEntry entry, BackupFile file, string folder, string path)
    {
        string target = Path.GetFullPath(file.Path, folder);
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} lists '{file.Path}', which lies outside of the folder: it was not made by 'backup'.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && (file.Path.StartsWith("keys/", StringComparison.Ordinal) || file.Path.Contains("-keys/", StringComparison.Ordinal) || file.Path.EndsWith(".db", StringComparison.Ordinal)))
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using Stream source = entry.Open();
        using var written = new FileStream(target, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[128 * 1024];
        long bytes = 0;
        for (int read = source.Read(buffer); read > 0 && bytes <= file.Bytes; read = source.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            written.Write(buffer, 0, read);
            bytes += read;
        }

        if (bytes != file.Bytes || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), file.Sha256, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is harmed: '{file.Path}' in it is not what was backed up.");
        }
    }

    private static void Verify(BackupManifest manifest, string folder, IProgress<double> progress)
    {
        VerificationReport report = LedgerVerifier.Verify(new FolderDisk(Path.Combine(folder, manifest.IsOfDemo ? "ledger" : "data"), isReadOnly: true), "community.ledger", CommunityRules.Catalog, Environment.ProcessorCount, progress);
        if (!report.IsRight)
        {
            throw new InvalidDataException($"The ledger in the backup is not right at height {report.FaultHeight}: {report.Fault}");
        }

        if (!string.Equals(report.Tip.ToString(), manifest.Tip, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The ledger in the backup ends with the block {report.Tip}, and its list says {manifest.Tip}.");
        }
    }
}
