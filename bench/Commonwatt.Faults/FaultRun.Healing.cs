namespace Commonwatt.Faults;

/// <content>All faults are mended, and the cluster has to come to rest.</content>
internal sealed partial class FaultRun
{
    private const int MostHealingRounds = 600;
    private const int RoundsBeforeRest = 30;
    private const int RoundsWithoutRepeating = 75;
    private const int RoundsOfPatience = 100;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(200);

    private bool Heal()
    {
        order.IsFaulty = false;
        network.IsFaulty = false;
        order.Flush();
        now += TimeSpan.FromSeconds(5);
        validators.ForEach(validator => validator.Heal(now));
        SimulatedClient[] inGoodHands = [.. clients.Where(client => IsOrderRight && IsInGoodHands(client))];
        long changes = checks.Counts.ValidatorChanges;
        ulong progress = 0;
        int lastProgress = 0;
        for (int round = 0; round < MostHealingRounds; round++)
        {
            HealFor(BetweenRounds, clients.Where(client => round > RoundsWithoutRepeating || !inGoodHands.Contains(client)));
            if (round > RoundsBeforeRest && IsAtRest())
            {
                return true;
            }

            if (round % RoundsBeforeRest == RoundsBeforeRest - 1 && Array.Find([.. validators], validator => validator.Node is not null) is { } running)
            {
                checks.LookInto(running);
            }

            if (round == RoundsWithoutRepeating && !liarHasThird && checks.Counts.ValidatorChanges == changes)
            {
                SimulatedClient[] forgotten = [.. inGoodHands.Where(client => IsInGoodHands(client) && !client.IsDecided(checks))];
                RunChecks.Require(forgotten.Length == 0, $"A node took a transaction in, never stopped, and it came to nothing: {string.Join(", ", (object[])forgotten)}.");
            }

            if (Progress() != progress)
            {
                progress = Progress();
                lastProgress = round;
            }
            else if (!IsOrderRight && round > lastProgress + RoundsOfPatience)
            {
                // Where the order lied or lost what was read, standing still for good is allowed, and waiting longer shows nothing.
                return false;
            }
        }

        return false;
    }

    private void HealFor(TimeSpan time, IEnumerable<SimulatedClient> repeating)
    {
        now += time;
        checks.LatestHonestClock = Instant.Max(checks.LatestHonestClock, now);
        foreach (SimulatedValidator validator in validators)
        {
            validator.Heal(now);
            validator.Use(AdvanceFar);
            foreach (SimulatedClient client in repeating)
            {
                validator.Use(node => client.Repeat(node, checks));
            }

            validator.Use(node => node.Propose());
        }

        order.Flush();
    }

    private static void AdvanceFar(LedgerNode node)
    {
        for (int steps = 0; steps < 200 && node.Advance(); steps++)
        {
        }
    }

    // A validator that took a transaction in and has run ever since publishes it, however often the order loses it.
    private bool IsInGoodHands(SimulatedClient client) => validators.Exists(validator =>
        validator.Node is { } node
        && node == client.TakenBy
        && checks.IsHonest(validator.Key.Address)
        && SystemTables.ValidatorsAt(new StateView(node.State), node.Height + 1).Find(validator.Key.Address) is not null);

    private ulong Progress() =>
        validators.Aggregate((ulong)checks.Counts.Transactions, (sum, validator) => sum + (validator.Node?.FinalHeight ?? 0));

    private bool IsAtRest() =>
        validators.TrueForAll(validator => validator.Node is { } node
            && node.FinalHeight == node.Height
            && node.Height == validators[0].Node!.Height)
        && clients.TrueForAll(client => client.IsAnswered(checks))
        && !(validators[^1].Node!.NextDue <= now);
}
