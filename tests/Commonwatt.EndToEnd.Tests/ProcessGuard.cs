namespace Commonwatt.EndToEnd.Tests;

/// <summary>A process that ends the cluster's processes when the test's own one is gone, however it went: also by <c>kill -9</c>.</summary>
/// <remarks>It reads what is to be ended from its input, which the system closes with the test's process.</remarks>
internal sealed class ProcessGuard : IDisposable
{
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        declare -A configurations
        while read -r id configuration; do
            [[ $id == over ]] && exit 0
            configurations[$id]="$configuration"
        done
        for id in "${!configurations[@]}"; do
            # A later process may have the same id: its command line tells.
            tr '\0' '\n' <"/proc/$id/cmdline" | grep -qxF "${configurations[$id]}" && kill -KILL "$id"
        done
        [[ -e "$2/broker/cluster" ]] && bash "$1" erase --folder "$2/broker"
        rm -rf -- "$2"
        """;

    private readonly Process process;
    private readonly Lock gate = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="cluster">The broker's script.</param>
    /// <param name="folder">The folder of the cluster, which is deleted then.</param>
    public ProcessGuard(string cluster, string folder) =>
        process = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", Script, "guard", cluster, folder]) { UseShellExecute = false, RedirectStandardInput = true })!;

    /// <summary>Tells of a process that was started.</summary>
    public void Add(int id, string configuration) => Tell($"{id} {configuration}");

    /// <inheritdoc/>
    public void Dispose()
    {
        Tell("over 0");
        process.WaitForExit();
        process.Dispose();
    }

    private void Tell(string line)
    {
        lock (gate)
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
        }
    }
}
