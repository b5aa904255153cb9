namespace Commonwatt.Node.Tests;

/// <summary>What one command line did: its exit code and everything it wrote.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the program's command line in this process.</summary>
    public static async Task<Ran> Of(params string[] args)
    {
        await using StringWriter output = new();
        await using StringWriter error = new();
        int code = await CommandLine.RunAsync(args, output, error);
        return new Ran(code, output.ToString(), error.ToString());
    }
}
