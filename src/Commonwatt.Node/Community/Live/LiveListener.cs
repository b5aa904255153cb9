using System.Threading.Channels;

namespace Commonwatt.Node.Community.Live;

/// <summary>A page that listens. What it does not take in time is not kept for it: it is dropped, and connects again.</summary>
/// <param name="origin">Where it connects from: the person, or the network address of somebody who is not signed in.</param>
/// <param name="person">Who listens, or null.</param>
/// <param name="member">The member he is, or null.</param>
internal sealed class LiveListener(string origin, string? person, long? member)
{
    private const int MostWaiting = 128;

    private readonly Channel<byte[]> frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Where it connects from.</summary>
    public string Origin => origin;

    /// <summary>Who listens, or null.</summary>
    public string? Person => person;

    /// <summary>The member he is, or null.</summary>
    public long? Member => member;

    /// <summary>What is to be sent to it, until it is dropped.</summary>
    public ChannelReader<byte[]> Frames => frames.Reader;

    /// <summary>Gives it something to send.</summary>
    /// <returns>False where it is too slow.</returns>
    public bool TryGive(byte[] frame) => frames.Writer.TryWrite(frame);

    /// <summary>Ends it, with nothing more to come.</summary>
    public void End() => frames.Writer.TryComplete();
}
