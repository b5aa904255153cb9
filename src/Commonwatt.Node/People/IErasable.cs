using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.People;

/// <summary>Something that keeps data of persons outside the ledger, and erases it on request. Any number of them are services of the node.</summary>
internal interface IErasable
{
    /// <summary>Erases what is kept of a person. Asked again after a crash, so that doing it twice must do no harm.</summary>
    /// <param name="personId">His id.</param>
    /// <param name="address">His address on the ledger, or null.</param>
    /// <param name="memberNumber">His number on the ledger, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task EraseAsync(string personId, Address? address, int? memberNumber, CancellationToken cancel);
}
