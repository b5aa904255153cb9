using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>Throws away what has ended: sessions, tokens, questions nobody answered, old failures and old events.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PeopleUpkeep(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);
    private static readonly TimeSpan EventsKept = TimeSpan.FromDays(400);
    // Where a failure came from is personal too.
    private static readonly TimeSpan AddressesKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan AttemptsKept = TimeSpan.FromDays(2);
    private static readonly TimeSpan InvitationsKept = TimeSpan.FromDays(90);

    /// <summary>Throws away what has ended, now and each hour.</summary>
    public async Task RunAsync(Action<string> log, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Between, clock);
        try
        {
            do
            {
                try
                {
                    ThrowAway();
                }
                catch (Exception fault) when (fault is DbException or DatabaseException)
                {
                    log($"What has ended of sessions and invitations stays for another hour: {fault.Message}");
                }
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>Throws away what has ended.</summary>
    public void ThrowAway()
    {
        using DbConnection connection = database.Open();
        long now = clock.Now();
        connection.Execute("DELETE FROM sessions WHERE expires <= @now", new { now });
        connection.Execute("DELETE FROM client_tokens WHERE expires <= @now", new { now });
        connection.Execute("DELETE FROM ceremonies WHERE expires <= @now", new { now });
        connection.Execute("DELETE FROM attempts WHERE latest <= @before", new { before = now - (long)AttemptsKept.TotalMilliseconds });
        connection.Execute("DELETE FROM invitations WHERE accepted IS NULL AND expires <= @before", new { before = now - (long)InvitationsKept.TotalMilliseconds });
        connection.Execute("DELETE FROM security_events WHERE at <= @before", new { before = now - (long)EventsKept.TotalMilliseconds });
        connection.Execute(
            "UPDATE security_events SET detail = '' WHERE at <= @before AND kind IN ('sign-in-failed', 'invitation-refused', 'token-refused')",
            new { before = now - (long)AddressesKept.TotalMilliseconds });
    }
}
