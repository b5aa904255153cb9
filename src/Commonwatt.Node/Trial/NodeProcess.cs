using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Commonwatt.Node.Trial;

/// <summary>A node of a trial in a process of its own.</summary>
internal sealed class NodeProcess : IDisposable
{
    private const int TerminateSignal = 15;

    private readonly Process process;

    private NodeProcess(Process process) => this.process = process;

    /// <summary>The process' id.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Starts a node.</summary>
    /// <param name="configuration">The file with its configuration.</param>
    /// <param name="onLine">Told every line that it writes, from any thread.</param>
    /// <param name="environment">Variables that it has beside those of this process.</param>
    public static NodeProcess Start(string configuration, Action<string> onLine, IReadOnlyDictionary<string, string>? environment = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "commonwatt.dll");
        var start = new ProcessStartInfo("dotnet", [program, "node", "--config", configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Pass(line.Data, onLine);
        started.ErrorDataReceived += (_, line) => Pass(line.Data, onLine);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return new NodeProcess(started);
    }

    /// <summary>Asks it to stop in good order.</summary>
    public void Terminate()
    {
        if (!process.HasExited)
        {
            _ = Send(process.Id, TerminateSignal);
        }
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits until it has ended and all that it wrote was passed on.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);

    private static void Pass(string? line, Action<string> onLine)
    {
        if (line is not null)
        {
            onLine(line);
        }
    }
}
