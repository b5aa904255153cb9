using System.Diagnostics;

namespace Commonwatt.Node.Trial;

/// <summary>The script of the sources that runs a RabbitMQ cluster on this machine, for trials and measurements.</summary>
/// <param name="folder">The cluster's folder.</param>
/// <param name="log">Told each line that the script says.</param>
internal sealed class BrokerScript(string folder, Action<string> log)
{
    // The script's output and its errors come on two threads.
    private readonly Lock gate = new();

    /// <summary>The folder of the accounts' passwords.</summary>
    public string Accounts => Path.Combine(folder, "accounts");

    /// <summary>Whether there is a cluster in the folder.</summary>
    public bool HasCluster => File.Exists(Path.Combine(folder, "cluster"));

    /// <summary>Runs the script.</summary>
    /// <param name="words">What it is told.</param>
    /// <exception cref="InvalidDataException">The script is not there, or could not do it.</exception>
    public async Task RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("bash", [Find(), .. words, "--folder", folder]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var script = Process.Start(start)!;
        script.OutputDataReceived += (_, line) => Pass(line.Data);
        script.ErrorDataReceived += (_, line) => Pass(line.Data);
        script.BeginOutputReadLine();
        script.BeginErrorReadLine();
        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
        {
            throw new InvalidDataException($"The broker could not be told to {string.Join(' ', words)}; what its script said is above.");
        }
    }

    /// <summary>Where the script stands: in the sources, from which 'commonwatt' is built and run.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string script = Path.Combine(at.FullName, "broker", "cluster.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidDataException("--broker starts broker/cluster.sh of the sources, and it is not there: run this from a copy of the sources.");
    }

    private void Pass(string? line)
    {
        if (line is not null)
        {
            lock (gate)
            {
                log(line);
            }
        }
    }
}
