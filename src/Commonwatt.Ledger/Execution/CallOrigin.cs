namespace Commonwatt.Ledger.Execution;

/// <summary>Where a call comes from.</summary>
public enum CallOrigin : byte
{
    /// <summary>A member's transaction.</summary>
    Transaction = 0,

    /// <summary>A call that a contract scheduled for this time.</summary>
    Schedule = 1,

    /// <summary>The setting up of the ledger, at height 0.</summary>
    Genesis = 2,
}
