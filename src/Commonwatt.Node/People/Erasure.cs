using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;

namespace Commonwatt.Node.People;

/// <summary>Erases persons here and wherever else the node keeps data of them. What a crash cut off goes on at the next start.</summary>
/// <param name="people">The people.</param>
/// <param name="others">Whatever else keeps data of persons.</param>
/// <param name="numbers">The members' numbers on the ledger.</param>
/// <param name="log">Where it is noted.</param>
internal sealed class Erasure(PeopleStore people, IEnumerable<IErasable> others, IMemberNumbers numbers, SecurityLog log)
{
    /// <summary>Erases somebody.</summary>
    /// <param name="personId">Who.</param>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="cancel">Ends the wait; what is left is done at the next start.</param>
    /// <returns>False where nobody would be left to run the community; nothing changes then.</returns>
    public async Task<bool> EraseAsync(string personId, string actor, CancellationToken cancel)
    {
        if (!people.Erase(personId))
        {
            return false;
        }

        log.Note("erased", personId, actor);
        await FinishAsync(cancel);
        return true;
    }

    /// <summary>Does what is left to do for all who were erased.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (ErasedPerson person in people.PendingErasures())
        {
            Address? address = Address.TryParse(person.Address, out Address known) ? known : null;
            int? number = address is { } registered ? numbers.NumberOf(registered) : null;
            foreach (IErasable other in others)
            {
                await other.EraseAsync(person.Id, address, number, cancel);
            }

            people.HasErased(person.Id);
        }
    }
}
