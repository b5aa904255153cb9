using Commonwatt.Node.Community;

namespace Commonwatt.Node.Backup;

/// <summary>Backs a demo's folder up, also while it runs; its keys are made from its seed, so that they are in it always.</summary>
/// <param name="folder">The demo's folder.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemoBackup(string folder, TimeProvider clock)
{
    private const string Ledger = "ledger/community.ledger";

    private static readonly string[] Small = ["demo.json", "community.genesis", "life.json", "keys/validator.pem", "keys/gateway.pem", "keys/agent.pem"];

    /// <summary>Writes the backup.</summary>
    /// <param name="path">The new file.</param>
    public BackupManifest Write(string path)
    {
        using var writer = new BackupWriter(path);
        using var scratch = new ScratchFolder(path);
        if (File.Exists(System.IO.Path.Combine(folder, BackupSource.Tables)))
        {
            BackupSource.AddDatabase(folder, BackupSource.Tables, writer, scratch);
        }

        BackupSource.AddTableKeys(folder, CommunityParts.PeopleKeys, writer);
        foreach (string name in Small.Where(name => File.Exists(System.IO.Path.Combine(folder, name))))
        {
            writer.AddFile(name, System.IO.Path.Combine(folder, name));
        }

        var ledger = LedgerCopy.OfFolder(System.IO.Path.Combine(folder, "ledger"), scratch.Path);
        writer.AddFile(Ledger, System.IO.Path.Combine(scratch.Path, "community.ledger"));
        using (var time = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(TimeAfter(ledger.Tip.Time))))
        {
            writer.Add("time.txt", time);
        }

        return writer.Finish(files => new BackupManifest(ledger.Genesis.Name, ledger.Genesis.Id.ToString(), ledger.Tip.Height, ledger.Tip.HeaderHash().ToString(), clock.GetUtcNow(), HasKeys: true, files));
    }

    // The demo goes on where the copied ledger ends, whatever its clock showed when it was copied.
    private static string TimeAfter(Instant tip) => tip.UnixMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
