using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>The kinds of home that a demo's street has.</summary>
internal enum HomeKind
{
    /// <summary>A flat that only consumes.</summary>
    Flat,

    /// <summary>A family home with panels on the roof.</summary>
    Photovoltaic,

    /// <summary>One with panels and a battery.</summary>
    Battery,

    /// <summary>One that charges a car at night.</summary>
    Car,

    /// <summary>One that charges a car around noon.</summary>
    DayCar,

    /// <summary>The street's bakery.</summary>
    Bakery,

    /// <summary>The street's school, with panels.</summary>
    School,
}

/// <summary>A home of the demo's street.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Rules">What it consumes and owns, and how it bids; without its car.</param>
internal sealed record DemoHome(HomeKind Kind, MemberRules Rules)
{
    /// <summary>When its car charges, or null where it has none.</summary>
    public CarHabit? Car { get; init; }

    /// <summary>When people work there, or null where nobody does.</summary>
    public WorkingHours? Work { get; init; }

    /// <summary>Its short name, such as <c>h07</c>.</summary>
    public string Id => Rules.Id;

    /// <summary>The name people read.</summary>
    public string Name => Rules.Name ?? Rules.Id;
}
