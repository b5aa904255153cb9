using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Google.Protobuf;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Community;

/// <summary>
/// Makes the first manager a manager of the ledger too. A community is founded with a key in a file, and its manager signs in his browser with a key that never
/// leaves it: once he has bound that one to his account, the founding key grants it the role. After that, managers grant roles by transactions of their own, and the
/// file can be put away.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="founding">The key that the community was founded with; the part owns it from now on.</param>
/// <param name="surroundings">What the part runs in.</param>
internal sealed class FoundersWord(ICommunityLedger ledger, SigningKey founding, CommunitySurroundings surroundings) : INodePart
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private readonly LedgerSender sender = new(ledger, founding);
    private PeopleStore? people;
    private Task running = Task.CompletedTask;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => people = routes.ServiceProvider.GetRequiredService<PeopleStore>();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancel)
    {
        running = Task.Run(WaitForManagerAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        founding.Dispose();
    }

    private async Task WaitForManagerAsync()
    {
        try
        {
            while (!await TryGrantAsync())
            {
                await Task.Delay(BetweenLooks, TimeProvider.System, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        catch (Exception fault)
        {
            surroundings.Log($"The founding key could not make the first manager one on the ledger; the next start tries again: {fault.Message}");
        }
    }

    // Done once there is a manager whose key is his own.
    private async Task<bool> TryGrantAsync()
    {
        if (ledger.State is not { } state)
        {
            return false;
        }

        Address[] keys = [.. people!.WithAddress()
            .Where(person => people.RolesOf(person.Id).Contains(Roles.Manager, StringComparer.Ordinal))
            .Select(person => Address.TryParse(person.Address, out Address address) ? address : default)
            .Where(address => address != default && address != founding.Address)];
        if (keys.Length == 0)
        {
            return false;
        }

        if (keys.Any(key => ledger.Rules.Governance.Holds(state, key, Role.Manager)))
        {
            return true;
        }

        var grant = new GrantRole { Holder = ByteString.CopyFrom(keys[0].ToArray()), Role = Role.Manager };
        TransactionAnswer answer = await ledger.SubmitAsync(sender.Sign(Instant.From(surroundings.Clock.GetUtcNow()), [TransactionBuilder.Call("governance", "grant-role", grant)]), Patience, stopping.Token);
        surroundings.Log(answer.Status == TransactionStatus.Final
            ? $"The first manager's key {keys[0]} now manages the community on its ledger. The founding key is needed no more: put its file away, and take 'bootstrapKey' out of the configuration."
            : $"The ledger does not make the first manager's key {keys[0]} a manager: {answer.Outcome.Sentence}");
        return answer.Status == TransactionStatus.Final;
    }
}
