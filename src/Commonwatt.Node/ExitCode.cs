namespace Commonwatt.Node;

/// <summary>What the program tells the shell. Scripts rely on these.</summary>
public static class ExitCode
{
    /// <summary>What was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>A check failed: a ledger that does not verify, accounts that do not add up, a fault in the program itself.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line or an input file is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Somebody stopped the program; as shells have it, 128 and the number of the signal.</summary>
    public const int Interrupted = 130;
}
