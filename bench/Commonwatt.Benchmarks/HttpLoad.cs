using System.Diagnostics;
using System.Text;

namespace Commonwatt.Benchmarks;

/// <summary>What a load of requests gave. Client and server share the process, so that both stand in what was used of the cores.</summary>
/// <param name="Requests">How many were sent.</param>
/// <param name="Failed">How many had no answer, or one that was not wanted.</param>
/// <param name="MedianMilliseconds">Half of them took no longer, from when they were due to the last byte of the answer.</param>
/// <param name="NinetyNinthMilliseconds">99 of 100 took no longer.</param>
/// <param name="SlowestMilliseconds">None took longer.</param>
/// <param name="Seconds">From the first to the last answer.</param>
/// <param name="Cores">How many cores were busy on average, with the client.</param>
/// <param name="MeanBytes">How long an answer is on average.</param>
public sealed record LoadFigures(
    int Requests, int Failed, double MedianMilliseconds, double NinetyNinthMilliseconds, double SlowestMilliseconds, double Seconds, double Cores, double MeanBytes);

/// <summary>Sends requests as many clients do: each has its own connection, and none waits for another's answer.</summary>
public sealed class HttpLoad : IDisposable
{
    private readonly HttpClient client;

    /// <summary>A load for a server.</summary>
    /// <param name="server">Where it listens.</param>
    public HttpLoad(Uri server) => client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>The client, for requests that are not measured.</summary>
    public HttpClient Client => client;

    /// <summary>Sends all at the same moment.</summary>
    /// <param name="count">How many.</param>
    /// <param name="request">Makes the request of a number from 0.</param>
    /// <param name="wanted">What a right answer holds besides its status, or null.</param>
    public Task<LoadFigures> TogetherAsync(int count, Func<int, HttpRequestMessage> request, string? wanted = null) => MeasureAsync(count, _ => TimeSpan.Zero, request, wanted);

    /// <summary>Sends a steady stream. A request is due at its time whether or not those before it were answered, and waiting counts.</summary>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="request">Makes the request of a number from 0.</param>
    /// <param name="wanted">What a right answer holds besides its status, or null.</param>
    public Task<LoadFigures> SteadyAsync(double perSecond, TimeSpan duration, Func<int, HttpRequestMessage> request, string? wanted = null) =>
        MeasureAsync((int)(perSecond * duration.TotalSeconds), number => TimeSpan.FromSeconds(number / perSecond), request, wanted);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<LoadFigures> MeasureAsync(int count, Func<int, TimeSpan> due, Func<int, HttpRequestMessage> request, string? wanted)
    {
        HttpRequestMessage[] prepared = due(count - 1) == TimeSpan.Zero ? [.. Enumerable.Range(0, count).Select(request)] : [];
        byte[]? holds = wanted is null ? null : Encoding.UTF8.GetBytes(wanted);
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        var sent = new Task<(double Milliseconds, long Bytes, bool IsRight)>[count];
        for (int number = 0; number < count; number++)
        {
            while (due(number) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left)
            {
                await Task.Delay(left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1));
            }

            int mine = number;
            sent[number] = Task.Run(() => SendAsync(prepared.Length > 0 ? prepared[mine] : request(mine), began + (long)(due(mine).TotalSeconds * Stopwatch.Frequency), holds));
        }

        (double Milliseconds, long Bytes, bool IsRight)[] answers = await Task.WhenAll(sent);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double cores = (Environment.CpuUsage.TotalTime - used).TotalSeconds / seconds;
        double[] taken = [.. answers.Select(answer => answer.Milliseconds).Order()];
        return new LoadFigures(count, answers.Count(answer => !answer.IsRight), taken[count / 2], taken[(count - 1) * 99 / 100], taken[^1], seconds, cores, answers.Average(answer => answer.Bytes));
    }

    private async Task<(double Milliseconds, long Bytes, bool IsRight)> SendAsync(HttpRequestMessage request, long due, byte[]? wanted)
    {
        using (request)
        {
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request);
                byte[] body = await response.Content.ReadAsByteArrayAsync();
                return (Stopwatch.GetElapsedTime(due).TotalMilliseconds, body.Length, response.IsSuccessStatusCode && (wanted is null || body.AsSpan().IndexOf(wanted) >= 0));
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                return (Stopwatch.GetElapsedTime(due).TotalMilliseconds, 0, false);
            }
        }
    }
}
