namespace Commonwatt.Agents;

/// <summary>What is known about a member's meter reading of one period.</summary>
public enum ReadingState : byte
{
    /// <summary>There is a reading and it can be true.</summary>
    Measured,

    /// <summary>There is no reading.</summary>
    Missing,

    /// <summary>There is a reading that cannot be true: negative, or more than the connection carries.</summary>
    Odd,
}
