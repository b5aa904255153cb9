using System.Buffers.Binary;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Federation;

/// <summary>What a node shows of its ledger over HTTP: how it stands, and what another node needs to catch up.</summary>
/// <param name="host">The node.</param>
/// <param name="startedAt">When it was started.</param>
/// <param name="clock">The clock.</param>
/// <param name="others">What else must be ready before the node is.</param>
internal sealed class LedgerEndpoints(LedgerHost host, DateTimeOffset startedAt, TimeProvider clock, params IReadOnlyList<IReadiness> others)
{
    /// <summary>The most blocks in one answer.</summary>
    public const int MostBlocks = 1000;

    private const int MostDownloads = 16;
    private const int MostBytesOfBlocks = 16 * 1024 * 1024;
    private const string Binary = "application/octet-stream";

    private readonly SemaphoreSlim downloads = new(MostDownloads);

    /// <summary>Adds the endpoints to a server.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", () => Results.Json(Status()));
        routes.MapGet("/blocks", (HttpContext context, string? from, string? most) => SendAsync(context, () => SendBlocksAsync(context, from, most)));
        routes.MapGet("/snapshot", context => SendAsync(context, () => SendSnapshotAsync(context)));
        routes.MapGet("/validator-changes", context => SendAsync(context, () => SendFramesAsync(context, host.Files.ValidatorChanges.Select(ProofFile.Encode))));
        routes.MapGet("/health/live", () => Results.Json(new { live = true }));
        routes.MapGet("/health/ready", Ready);
    }

    private object Status()
    {
        HostStatus status = host.Status;
        return new
        {
            ledgerId = host.Genesis.Id.ToString(),
            name = host.Genesis.Name,
            phase = PhaseName(status.Phase),
            trouble = status.Trouble,
            executedHeight = status.ExecutedHeight,
            finalHeight = status.Final?.Height,
            tip = status.Final?.HeaderHash().ToString(),
            tipTime = status.Final?.Time.ToString(),
            address = host.Address?.ToString(),
            isValidator = host.Address is { } own && status.Validators?.Find(own) is not null,
            validators = status.Validators?.Members.Select(member => new { address = member.Address.ToString(), publicKey = member.Key.ToString(), power = member.Power }),
            peers = host.Peers.Select(peer => peer.Name),
            uptimeSeconds = (long)(clock.GetUtcNow() - startedAt).TotalSeconds,
        };
    }

    private IResult Ready()
    {
        HostStatus status = host.Status;
        string? obstacle = status is { Phase: HostPhase.Running, Final: not null }
            ? others.Select(other => other.Obstacle).FirstOrDefault(other => other is not null)
            : status.Trouble ?? "The node is not ready: it has no final block yet.";
        return obstacle is null ? Results.Json(new { ready = true }) : Problems.Of(StatusCodes.Status503ServiceUnavailable, obstacle);
    }

    private static string PhaseName(HostPhase phase) => phase switch
    {
        HostPhase.Opening => "opening",
        HostPhase.Running => "running",
        HostPhase.CatchingUp => "catching-up",
        HostPhase.Failed => "failed",
        _ => "stopped",
    };

    // Blocks and snapshots are large: a few at a time leave room for everything else.
    private async Task SendAsync(HttpContext context, Func<Task> send)
    {
        if (!await downloads.WaitAsync(TimeSpan.Zero))
        {
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, $"{MostDownloads} downloads are under way already: ask again in a few seconds.").ExecuteAsync(context);
            return;
        }

        try
        {
            await send();
        }
        finally
        {
            downloads.Release();
        }
    }

    private async Task SendBlocksAsync(HttpContext context, string? from, string? most)
    {
        if (!ulong.TryParse(from ?? "0", out ulong first) || !int.TryParse(most ?? "100", out int count) || count is < 1 or > MostBlocks)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, $"'from' is a height from 0 and 'most' a number from 1 to {MostBlocks}, such as /blocks?from=0&most=100.").ExecuteAsync(context);
            return;
        }

        await SendFramesAsync(context, Blocks(first, count));
    }

    private IEnumerable<byte[]> Blocks(ulong first, int count)
    {
        long bytes = 0;
        for (ulong height = first; host.Files.FinalHeight is { } final && height <= final && height - first < (ulong)count && bytes < MostBytesOfBlocks; height++)
        {
            byte[] block = host.Files.Block(height);
            bytes += block.Length;
            yield return block;
        }
    }

    private static async Task SendFramesAsync(HttpContext context, IEnumerable<byte[]> contents)
    {
        context.Response.ContentType = Binary;
        byte[] length = new byte[sizeof(uint)];
        foreach (byte[] content in contents)
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)content.Length);
            await context.Response.Body.WriteAsync(length, context.RequestAborted);
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private async Task SendSnapshotAsync(HttpContext context)
    {
        await using FileStream? snapshot = host.Files.OpenSnapshot();
        if (snapshot is null)
        {
            await Problems.Of(StatusCodes.Status404NotFound, "This node has no snapshot: take its blocks.").ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = Binary;
        context.Response.ContentLength = snapshot.Length;
        await snapshot.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
