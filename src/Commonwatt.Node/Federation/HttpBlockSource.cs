using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Federation;

/// <summary>Another node over HTTP. What it gives is bounded in size and time, and left to the caller to check.</summary>
internal sealed class HttpBlockSource : IBlockSource, IDisposable
{
    private const int MostBytesOfBlock = 64 * 1024 * 1024;
    private const int MostBytesOfStatus = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceWithSnapshot = TimeSpan.FromHours(1);

    private readonly HttpClient client;
    private readonly Uri address;

    /// <summary>A source at an address; nothing is asked yet.</summary>
    /// <param name="address">Such as <c>http://127.0.0.1:7101</c>.</param>
    public HttpBlockSource(Uri address)
    {
        this.address = new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public ulong? FinalHeight()
    {
        try
        {
            using AnswerStream answer = Ask("status", Patience);
            byte[] bytes = new byte[MostBytesOfStatus];
            int read = answer.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            using var status = JsonDocument.Parse(bytes.AsMemory(0, read));
            return status.RootElement.GetProperty("finalHeight") is { ValueKind: JsonValueKind.Number } height ? height.GetUInt64() : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It breaks off; the message says how.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from)
    {
        ulong next = from;
        while (true)
        {
            ulong before = next;
            using AnswerStream answer = Ask($"blocks?from={next}&most={LedgerEndpoints.MostBlocks}", Patience);
            while (ReadFrame(answer) is { } block)
            {
                next++;
                yield return block;
            }

            if (next == before)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It does not answer, or with an error.</exception>
    public Stream? OpenSnapshot()
    {
        try
        {
            return Ask("snapshot", Patience, new LeastPace(TimeProvider.System, PatienceWithSnapshot));
        }
        catch (NotThereException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It breaks off, or sends something else than proofs.</exception>
    public IReadOnlyList<StateProof> ValidatorChanges()
    {
        using AnswerStream answer = Ask("validator-changes", Patience);
        var changes = new List<StateProof>();
        while (ReadFrame(answer) is { } frame)
        {
            changes.Add(Decode(frame));
        }

        return changes;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private StateProof Decode(byte[] frame)
    {
        try
        {
            return ProofFile.Decode(frame) as StateProof ?? throw new IOException($"{address} sent another proof where a change of validators was asked for.");
        }
        catch (MalformedBytesException malformed)
        {
            throw new IOException($"{address} sent a change of validators that is no proof. {malformed.Message}", malformed);
        }
    }

    private byte[]? ReadFrame(Stream body)
    {
        byte[] head = new byte[sizeof(uint)];
        int read = body.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (read < head.Length || length > MostBytesOfBlock)
        {
            throw new IOException($"{address} sent {(read < head.Length ? "a cut-off answer" : $"something of {length} bytes, which no block has")}.");
        }

        // Memory is taken as bytes arrive, not as they are announced.
        using var frame = new MemoryStream();
        byte[] piece = new byte[int.Min((int)length, 64 * 1024)];
        while (frame.Length < length)
        {
            int got = body.Read(piece, 0, (int)long.Min(piece.Length, length - frame.Length));
            if (got == 0)
            {
                throw new IOException($"{address} broke off within an answer.");
            }

            frame.Write(piece, 0, got);
        }

        return frame.ToArray();
    }

    private AnswerStream Ask(string path, TimeSpan patience, LeastPace? pace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        var deadline = new CancellationTokenSource(patience);
        try
        {
            HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return new AnswerStream(response, deadline, pace);
            }

            response.Dispose();
            deadline.Dispose();
            throw response.StatusCode == HttpStatusCode.NotFound
                ? new NotThereException($"{request.RequestUri} is not there.")
                : new IOException($"{request.RequestUri} answered with the status {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            deadline.Dispose();
            throw new IOException($"{request.RequestUri} does not answer: {exception.Message}", exception);
        }
    }

    private sealed class NotThereException(string message) : IOException(message);
}
