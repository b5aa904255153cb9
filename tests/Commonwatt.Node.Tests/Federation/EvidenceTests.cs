using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Tests.Federation;

public class EvidenceTests
{
    [Fact]
    public async Task Evidence_against_a_validator_is_kept_in_a_file_that_convicts_by_itself()
    {
        await using TrialRig rig = await TrialRig.StartAsync(validators: 1);
        BlockHeader header = rig.Nodes[0]!.Host.Status.Final!;
        using ScratchFolder scratch = new();
        using var key = SigningKey.FromSeed("liar");
        Equivocation made = Equivocation.Of(Vote.Sign(header, key), Vote.Sign(header with { Time = header.Time + TimeSpan.FromSeconds(1) }, key))!;
        var said = new List<string>();

        new EvidenceFolder(scratch.Path, said.Add).Take(new FinalityNotice("Somebody signed twice.", made));

        string file = Assert.Single(Directory.GetFiles(scratch.File("evidence")));
        var read = Equivocation.Decode(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Null(read.FindFault(rig.Folder.Genesis.Id, key.PublicKey));
        Assert.Equal($"Somebody signed twice. The evidence is in {file}.", Assert.Single(said));
    }
}
