using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>A stream's name and how the broker is to keep it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Replicas">On how many nodes.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="SegmentBytes">In files of how many bytes.</param>
/// <param name="Age">For how long; null for any time.</param>
/// <param name="MayDeclare">Whether to make it where there is none.</param>
internal sealed record StreamKeeping(string Name, int Replicas, long Bytes, long SegmentBytes, TimeSpan? Age, bool MayDeclare)
{
    private const ushort NotFound = 404;

    // A broker that is asked twice at the same time to make a stream can end up with half of one.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>Has the stream there, or fails with a sentence; a broker whose cluster has just formed may refuse for a while.</summary>
    public async Task EnsureAsync(BrokerSession session)
    {
        await OneAtATime.WaitAsync(session.Over);
        try
        {
            if (await ExistsAsync(session))
            {
                return;
            }

            if (!MayDeclare)
            {
                throw new IOException($"there is no stream {Name}, and this node is not set to make it: whoever runs the broker makes it");
            }

            IChannel channel = await session.OpenTrialChannelAsync();
            await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, Arguments(), cancellationToken: session.Over);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    // Asked first, because to declare a stream anew with other limits than it has would be an error.
    private async Task<bool> ExistsAsync(BrokerSession session)
    {
        IChannel channel = await session.OpenTrialChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(Name, session.Over);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
        {
            return false;
        }
    }

    private Dictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["x-queue-type"] = "stream",
            ["x-queue-leader-locator"] = "least-leaders",
            ["x-initial-cluster-size"] = Replicas,
            ["x-max-length-bytes"] = Bytes,
            ["x-stream-max-segment-size-bytes"] = SegmentBytes,
        };
        if (Age is { } age)
        {
            arguments["x-max-age"] = string.Create(CultureInfo.InvariantCulture, $"{age.Days}D");
        }

        return arguments;
    }
}
