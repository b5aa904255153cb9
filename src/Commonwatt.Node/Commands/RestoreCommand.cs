using System.CommandLine;
using Commonwatt.Node.Backup;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>restore FILE --folder DIR</c>: brings a community back from a backup.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("FILE") { Description = "The backup" };

    private static readonly Option<string> Folder = new("--folder") { Description = "The new folder for the community", Required = true, HelpName = "DIR" };

    public static Command Create()
    {
        Verb verb = new(
            "restore",
            "Bring a community back from a backup, into a new folder; its ledger is verified first.",
            "./commonwatt restore flores.backup --folder out/flores-again")
        {
            Source, Folder,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Source), "backup");
        string folder = parsed.GetRequiredValue(Folder);
        OwnersFiles.FromNowOn();
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        BackupManifest manifest = ProgressBar.During(streams.Error, "Verifying", progress => BackupRestore.Restore(path, folder, progress));
        bool hasNode = manifest.Files.Any(file => file.Path == "node.json");
        string keys = manifest.HasKeys || !hasNode ? "" : $"Put the private keys back into {Path.Combine(folder, "keys")} first: the backup was made without them.\n";
        streams.Output.WriteLine($"""
            '{manifest.Name}' is back in {folder}, up to block {manifest.Height}; every file is as it was, and the ledger is right.
            {keys}{(manifest.IsOfDemo ? $"Start it:\n  ./commonwatt demo --folder {folder}, with the homes and the seed it was begun with" : hasNode ? $"Start it:\n  ./commonwatt node --config {Path.Combine(folder, "node.json")}" : "It is the ledger alone: a follower can start from it.")}
            Where the node was one of several validators, it must not sign again with what it had signed by then: see docs/community.md.
            """);
        return ExitCode.Done;
    }
}
