using System.Text.Json;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Node.Federation;

namespace Commonwatt.Node.Tests.Federation;

public class EndpointTests
{
    [Fact]
    public async Task Wrong_requests_are_answered_with_what_would_be_right()
    {
        await using TrialRig rig = await TrialRig.StartAsync(validators: 1);
        byte[] transaction = rig.Transfer().Bytes.ToArray();

        await RefusedAsync(rig.SendAsync(0, "no transaction"u8.ToArray(), "application/octet-stream"), 400, "The body is no transaction.");
        await RefusedAsync(rig.SendAsync(0, transaction, "text/plain"), 415, "application/octet-stream");
        await RefusedAsync(rig.SendAsync(0, new byte[70_000], "application/octet-stream"), 413, "at most 65536 bytes");
        foreach (string wait in (string[])["61", "60.001", "-1", "-0.5", "NaN", "Infinity", "-Infinity", "1e3", "1,5", "soon", "%20"])
        {
            await RefusedAsync(rig.SendAsync(0, transaction, "application/octet-stream", wait), 400, "from 0 to 60");
        }

        await RefusedAsync(rig.GetAsync(0, "transactions/12ab"), 400, "64 hexadecimal digits");
        await RefusedAsync(rig.GetAsync(0, $"transactions/{new string('0', 64)}"), 404, "does not know the transaction");
        await RefusedAsync(rig.GetAsync(0, "blocks?from=x"), 400, "'from' is a height");
        await RefusedAsync(rig.GetAsync(0, "blocks?most=1001"), 400, "1 to 1000");
        await RefusedAsync(rig.GetAsync(0, "snapshot"), 404, "no snapshot");
        Assert.Equal(404, (await rig.GetAsync(0, "nothing-here")).Status);
    }

    [Fact]
    public async Task The_status_says_who_the_node_is_and_how_far_it_is()
    {
        await using TrialRig rig = await TrialRig.StartAsync(validators: 1);

        JsonElement status = (await rig.GetAsync(0, "status")).Body;

        Assert.Equal(rig.Folder.Genesis.Id.ToString(), status.GetProperty("ledgerId").GetString());
        Assert.Equal("running", status.GetProperty("phase").GetString());
        Assert.True(status.GetProperty("isValidator").GetBoolean());
        Assert.True(status.GetProperty("finalHeight").GetUInt64() >= 1);
        Assert.Equal(status.GetProperty("address").GetString(), status.GetProperty("validators")[0].GetProperty("address").GetString());
        Assert.Equal(200, (await rig.GetAsync(0, "health/live")).Status);
        Assert.Equal(200, (await rig.GetAsync(0, "health/ready")).Status);
    }

    [Fact]
    public async Task A_node_that_lost_its_ledger_file_gets_every_block_again_from_the_order()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        ulong height = await rig.FinalHeightAsync(0);
        await rig.StopNodesAsync();
        File.Delete(rig.LedgerOf(0));
        await rig.StartNodesAsync();

        await rig.UntilAsync(async () => await rig.FinalHeightAsync(0) >= height, "the node did not get its blocks");
        Assert.Equal(200, (await rig.GetAsync(0, "health/ready")).Status);
    }

    [Fact]
    public async Task Another_node_gets_every_final_block_as_it_stands_in_the_file()
    {
        await using TrialRig rig = await TrialRig.StartAsync(validators: 1);
        for (int count = 0; count < 3; count++)
        {
            await rig.SendAsync(0, rig.Transfer());
        }

        using var source = new HttpBlockSource(rig.Nodes[0]!.Url);
        ulong height = source.FinalHeight() ?? 0;
        CertifiedBlock[] blocks = [.. source.Blocks(from: 1).Select(bytes => CertifiedBlock.Decode(bytes.Span))];

        Assert.True(height >= 4);
        Assert.True((ulong)blocks.Length >= height);
        Assert.Equal(Enumerable.Range(1, blocks.Length).Select(number => (ulong)number), blocks.Select(block => block.Header.Height));
        Assert.Null(source.OpenSnapshot());
        Assert.Empty(source.ValidatorChanges());
    }

    [Fact]
    public void A_source_that_does_not_answer_has_no_height_and_says_so_of_its_blocks()
    {
        using var source = new HttpBlockSource(new Uri("http://127.0.0.1:1"));

        Assert.Null(source.FinalHeight());
        IOException refused = Assert.Throws<IOException>(() => source.Blocks(from: 0).Count());
        Assert.Contains("does not answer", refused.Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Task<(int Status, JsonElement Body)> asked, int status, string sentence)
    {
        (int found, JsonElement body) = await asked;
        Assert.Equal(status, found);
        Assert.Contains(sentence, body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body.GetRawText(), StringComparison.Ordinal);
    }
}
