using System.CommandLine;
using Commonwatt.Node.Backup;
using Commonwatt.Node.Demo;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Founding;

namespace Commonwatt.Node.Commands;

/// <summary><c>backup</c>: writes a file that a community can be brought back from, while its node runs.</summary>
internal static class BackupCommand
{
    private static readonly Option<string?> Folder = new("--folder") { Description = "The community's folder, which holds its node.json; or a demo's", HelpName = "DIR" };

    private static readonly Option<string?> Config = new("--config") { Description = "Its node's configuration, where that is elsewhere", HelpName = "FILE" };

    private static readonly Option<string?> Node = new("--node") { Description = "A node, to take its ledger alone from, over its interface", HelpName = "URL" };

    private static readonly Option<string> Out = new("--out") { Description = "The new file", Required = true, HelpName = "FILE" };

    private static readonly Option<bool> WithKeys = new("--with-keys") { Description = "Put the private keys in too: whoever has the file is then the community" };

    public static Command Create()
    {
        Verb verb = new(
            "backup",
            "Back a community up while it runs: its ledger, its tables, its configuration.",
            "./commonwatt backup --folder out/flores --out flores.backup",
            "./commonwatt backup --node http://127.0.0.1:7100 --out flores-ledger.backup")
        {
            Folder, Config, Node, Out, WithKeys, SettingOptions.Set,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        (string? folder, string? config, string? node) = (parsed.GetValue(Folder), parsed.GetValue(Config), parsed.GetValue(Node));
        if (new[] { folder, config, node }.Count(given => given is not null) != 1)
        {
            throw new InvalidDataException("Say what to back up: one of --folder, --config and --node.");
        }

        string path = parsed.GetRequiredValue(Out);
        bool withKeys = parsed.GetValue(WithKeys);
        if (node is not null && withKeys)
        {
            throw new InvalidDataException("--with-keys: a node gives nobody its keys: say --folder on the machine that they are on.");
        }

        BackupManifest manifest = node is not null
            ? OfNode(node, path)
            : folder is not null && DemoFolder.IsOne(folder)
            ? new DemoBackup(folder, TimeProvider.System).Write(path)
            : OfConfiguration(SharedOptions.RequireFile(config ?? new CommunityFolder(folder!).Configuration, "node's configuration"), parsed).Write(path, withKeys);
        parsed.InvocationConfiguration.Output.WriteLine($"Wrote {path}: '{manifest.Name}' up to block {manifest.Height}, {manifest.Files.Count} files, {(manifest.HasKeys ? "with all private keys: keep it as you keep them" : "without private keys: keep those elsewhere")}.");
        return ExitCode.Done;
    }

    private static BackupSource OfConfiguration(string path, ParseResult parsed) =>
        new(SettingOptions.Read(path, parsed), path, TimeProvider.System, parsed.InvocationConfiguration.Error.WriteLine);

    private static BackupManifest OfNode(string node, string path)
    {
        Uri url = Uri.TryCreate(node, UriKind.Absolute, out Uri? read) && read.Scheme is "http" or "https"
            ? read!
            : throw new InvalidDataException($"--node: '{node}' is not the address of a node, such as http://127.0.0.1:7100.");
        using var source = new HttpBlockSource(url);
        using var writer = new BackupWriter(path);
        using var scratch = new ScratchFolder(path);
        var ledger = LedgerCopy.OfNode(source, scratch.Path);
        writer.AddFile("data/community.ledger", Path.Combine(scratch.Path, "community.ledger"));
        using (var genesis = new MemoryStream(ledger.Genesis.Bytes.ToArray()))
        {
            writer.Add("community.genesis", genesis);
        }

        return writer.Finish(files => new BackupManifest(ledger.Genesis.Name, ledger.Genesis.Id.ToString(), ledger.Tip.Height, ledger.Tip.HeaderHash().ToString(), TimeProvider.System.GetUtcNow(), HasKeys: false, files));
    }
}
