[assembly: AssemblyFixture(typeof(Commonwatt.Browser.Tests.Chromium))]
[assembly: AssemblyFixture(typeof(Commonwatt.Browser.Tests.AutumnStreet))]
[assembly: AssemblyFixture(typeof(Commonwatt.Browser.Tests.SpringStreet))]
[assembly: AssemblyFixture(typeof(Commonwatt.Browser.Tests.BusyStreet))]

namespace Commonwatt.Browser.Tests;

/// <summary>A street on an afternoon of November, at the pace of the clock: what it shows is the same each time. Its history has the day of 25 hours.</summary>
public sealed class AutumnStreet : Street
{
    /// <summary>A street that is not started yet.</summary>
    public AutumnStreet()
        : base(new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero), homes: 10, speed: 1)
    {
    }
}

/// <summary>A street in April, whose history has the day of 23 hours.</summary>
public sealed class SpringStreet : Street
{
    /// <summary>A street that is not started yet.</summary>
    public SpringStreet()
        : base(new DateTimeOffset(2026, 4, 25, 13, 0, 0, TimeSpan.Zero), homes: 4, speed: 1)
    {
    }
}

/// <summary>A street where an hour takes twelve seconds: gates close while a test looks on.</summary>
public sealed class BusyStreet : Street
{
    /// <summary>A street that is not started yet.</summary>
    public BusyStreet()
        : base(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), homes: 6, speed: 300)
    {
    }
}
