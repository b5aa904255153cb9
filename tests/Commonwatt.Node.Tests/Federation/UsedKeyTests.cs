using Commonwatt.Ledger.Finality;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Trial;

namespace Commonwatt.Node.Tests.Federation;

public class UsedKeyTests
{
    [Fact]
    public async Task A_validator_that_lost_all_its_files_does_not_start_under_its_old_key()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        await rig.StopNodesAsync();
        string folder = rig.Folder.FolderOf(rig.Folder.Nodes[0]);
        foreach (string file in Directory.GetFiles(folder).Where(file => !file.EndsWith("validator.pem", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(rig.StartNodesAsync);

        Assert.StartsWith($"{folder} holds neither votes.log nor community.ledger", refused.Message, StringComparison.Ordinal);
        Assert.Contains("set 'isKeyNew' to true", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "votes.log")));
    }

    [Fact]
    public async Task A_new_key_that_has_votes_goes_on_with_them_and_the_log_says_what_to_mend()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        NodeConfiguration configuration = new TrialConfiguration(rig.Folder, port: 0).Of(0);
        Assert.False(configuration.IsKeyNew);
        await rig.StopNodesAsync();
        var said = new List<string>();

        await using NodeServer server = new NodeAssembly(configuration with { IsKeyNew = true }, said.Add, TimeProvider.System)
            .Build(() => new FederationLink(new NoOrder(), new LocalVoteChannel().Join()));

        Assert.Contains(said, line => line.Contains("take 'isKeyNew' out of the configuration", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trial_that_was_never_started_has_new_keys()
    {
        using ScratchFolder scratch = new();
        var folder = TrialFolder.Open(scratch.File("trial"), validators: 1, followers: 1, TimeProvider.System);
        var configuration = new TrialConfiguration(folder, port: 0);

        folder.NoteUsedKeys();

        Assert.True(configuration.Of(0).IsKeyNew);
        Assert.False(configuration.Of(1).IsKeyNew);
        Assert.Contains("\"isKeyNew\": true", File.ReadAllText(configuration.Write(0, ["127.0.0.1:1"], scratch.Path)), StringComparison.Ordinal);
        Assert.DoesNotContain("isKeyNew", File.ReadAllText(configuration.Write(1, ["127.0.0.1:1"], scratch.Path)), StringComparison.Ordinal);
    }
}
