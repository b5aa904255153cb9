namespace Commonwatt.Node.Demo;

/// <summary>What a demo is started with.</summary>
internal sealed record DemoSettings
{
    /// <summary>The folder of its ledger, tables and keys.</summary>
    public string Folder { get; init; } = Path.Combine("out", "demo");

    /// <summary>The port on this machine that it listens at; 0 for any that is free.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>How many homes the street has.</summary>
    public int Homes { get; init; } = 24;

    /// <summary>How many seconds of the community pass in one of ours.</summary>
    public int Speed { get; init; } = 300;

    /// <summary>What everything is made up from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where the built pages are, or null for the usual place.</summary>
    public string? Pages { get; init; }
}
