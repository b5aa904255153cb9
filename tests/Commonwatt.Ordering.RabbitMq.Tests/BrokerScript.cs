using System.Diagnostics;

namespace Commonwatt.Ordering.RabbitMq.Tests;

/// <summary>The script <c>broker/cluster.sh</c> of the repository.</summary>
internal static class BrokerScript
{
    private static readonly string Script = Find();

    public static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        // To files, because the broker's processes would keep a pipe open for as long as they live.
        string said = Path.GetTempFileName();
        var start = new ProcessStartInfo("/bin/bash") { WorkingDirectory = Path.GetDirectoryName(Script)! };
        foreach (string argument in new[] { "-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", said, Script }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        string text = await File.ReadAllTextAsync(said);
        File.Delete(said);
        return (process.ExitCode, text);
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Commonwatt.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository."), "broker", "cluster.sh");
    }
}
