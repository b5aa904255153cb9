namespace Commonwatt.Node.Federation;

/// <summary>The body of an HTTP answer, which ends with an error at a deadline, however slowly it trickles.</summary>
/// <param name="response">The answer, whose head has come.</param>
/// <param name="deadline">Cancelled at the deadline.</param>
/// <param name="pace">How fast it must come besides, or null for no matter how fast.</param>
internal sealed class AnswerStream(HttpResponseMessage response, CancellationTokenSource deadline, LeastPace? pace = null) : Stream
{
    private readonly Stream inner = response.Content.ReadAsStream();

    // A blocked read ends only when what it reads from is closed.
    private readonly CancellationTokenRegistration atDeadline = deadline.Token.Register(response.Dispose);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        // A read that nothing answers ends at the deadline: it is drawn nearer while the answer is at its slowest.
        if (pace is not null)
        {
            deadline.CancelAfter(pace.Left);
        }

        int read = ReadInner(buffer);
        pace?.Count(read);
        return read;
    }

    private int ReadInner(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or HttpRequestException)
        {
            // What was closed at the deadline says only that it is closed.
            throw new IOException(deadline.IsCancellationRequested && pace is not null ? pace.Fault : "The answer did not end in time, or broke off.", exception);
        }
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            atDeadline.Dispose();
            inner.Dispose();
            response.Dispose();
            deadline.Dispose();
        }

        base.Dispose(disposing);
    }
}
