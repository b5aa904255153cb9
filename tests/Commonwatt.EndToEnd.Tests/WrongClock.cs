namespace Commonwatt.EndToEnd.Tests;

/// <summary>Runs a process with a clock that is wrong, by <c>libfaketime</c>.</summary>
internal static class WrongClock
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>Whether it is installed. Where changes are checked, it has to be.</summary>
    public static bool IsThere()
    {
        Assert.False(
            Library is null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal),
            "The test of wrong clocks needs libfaketime: install Debian's package faketime.");
        return Library is not null;
    }

    /// <summary>The variables of a process whose clock is off by some hours. How long something takes stays right, as on a machine whose clock was set wrong.</summary>
    public static Dictionary<string, string> By(int hours) => new()
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME"] = $"{hours:+0;-0}h",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // Else waiting with a limit ends at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };
}
