using System.CommandLine;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Configuration;

namespace Commonwatt.Node.Commands;

/// <summary><c>voted</c>: writes the blocks that a stopped validator signed and that are not final with it, for the others to sign them too.</summary>
internal static class VotedCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "The stopped validator's configuration", Required = true, HelpName = "FILE" };

    private static readonly Option<string> Out = new("--out") { Description = "The file to write", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        Verb verb = new(
            "voted",
            "Write the blocks that a stopped validator signed and that are not final, for the others after the order was lost.",
            "./commonwatt voted --config validator-1/node.json --out validator-1.voted")
        {
            Config, Out,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        NodeConfiguration configuration = ConfigurationFile.Read(SharedOptions.RequireFile(parsed.GetRequiredValue(Config), "node's configuration"));
        if (!Directory.Exists(configuration.Folder))
        {
            throw new InvalidDataException($"There is no folder '{configuration.Folder}': this validator has signed nothing.");
        }

        // Not read only: so a node that still runs is noticed.
        IReadOnlyList<VotedBlock> blocks = Read(new FolderDisk(configuration.Folder));
        string path = parsed.GetRequiredValue(Out);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (blocks.Count == 0)
        {
            output.WriteLine("All that this validator signed is final with it: there is nothing to hand on, and no file was written.");
            return ExitCode.Done;
        }

        File.WriteAllBytes(path, VotedBlocks.Encode(blocks));
        output.WriteLine($"Wrote {path}: blocks {blocks[0].Header.Height} to {blocks[^1].Header.Height}, which {blocks[0].Vote.Validator} signed and which are not final with it.");
        return ExitCode.Done;
    }

    private static IReadOnlyList<VotedBlock> Read(FolderDisk disk)
    {
        using RecordLog ledger = RecordLog.Open(disk, NodeSettings.UsualFileName);
        return VotedBlocks.OfValidator(disk, (ulong)ledger.Count);
    }
}
