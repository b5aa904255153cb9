using Commonwatt.Faults.Sample;

namespace Commonwatt.Faults;

/// <summary>One run of a cluster of real nodes under faults that a seed decides: the same seed gives the same run.</summary>
internal sealed class FaultRun
{
    private const int MostHealingRounds = 600;

    private readonly Random random;
    private readonly LedgerGenesis genesis;
    private readonly SimulatedOrder order;
    private readonly SimulatedNetwork network;
    private readonly RunChecks checks;
    private readonly List<SimulatedValidator> validators = [];
    private readonly List<SimulatedClient> clients;
    private readonly LyingValidator? liar;
    private readonly bool orderLies;
    private readonly bool orderLosesTail;
    private readonly TimeSpan[] skews;
    private Instant now = SampleLedger.Start;

    public FaultRun(int seed)
    {
        random = new Random(seed);
        int count = random.Next(4, 6);
        bool hasLiar = random.Next(2) == 0;
        orderLies = random.Next(8) == 0;
        orderLosesTail = !orderLies && random.Next(8) == 0;
        SigningKey[] keys = [.. Enumerable.Range(0, count).Select(number => SigningKey.FromSeed($"validator/{number}"))];
        genesis = SampleLedger.Genesis(hasSignatures: random.Next(8) == 0, keys);
        checks = new RunChecks(number => !hasLiar || number > 0) { LedgerId = genesis.Id };
        order = new SimulatedOrder(random);
        network = new SimulatedNetwork(random, Overhear);
        liar = hasLiar ? new LyingValidator(keys[0], genesis.Id, random) : null;
        skews = [.. Enumerable.Range(0, count).Select(number => number == 0 ? TimeSpan.FromHours(random.Next(-50, 50)) : TimeSpan.FromMilliseconds(random.Next(-3000, 3000)))];
        for (int number = 0; number < count; number++)
        {
            validators.Add(new SimulatedValidator(number, keys[number], genesis, order.Join(), network.Join(), checks));
        }

        clients = [new SimulatedClient(SampleLedger.Builder(genesis, SampleLedger.Alice)), new SimulatedClient(SampleLedger.Builder(genesis, SampleLedger.Bob))];
        SetClocks();
    }

    /// <summary>What the run came to.</summary>
    public FaultRunResult Result => new(checks.FinalBlocks, checks.Admitted.Count, checks.Equivocations, checks.Divergences, checks.Stops);

    /// <summary>Runs under faults, then lets everything heal, and checks what must hold.</summary>
    /// <exception cref="FaultFoundException">Something does not hold.</exception>
    public void Run()
    {
        validators.ForEach(validator => validator.Start(random));
        int steps = random.Next(200, 700);
        for (int step = 0; step < steps; step++)
        {
            Step();
        }

        bool isWhole = Heal();
        if (!orderLies && !orderLosesTail)
        {
            RunChecks.Require(checks.Stops == 0, "A node stopped though everybody was shown one order.");
            RunChecks.Require(isWhole, $"The cluster did not come to rest after all faults were mended: {Describe()}.");
        }

        // Whoever keeps the ledger from going on is seen to do so.
        RunChecks.Require(isWhole || checks.Divergences + checks.Stops > 0, $"The cluster stands still, and nobody says why: {Describe()}.");
        Verify();
    }

    private void Step()
    {
        SimulatedValidator validator = validators[random.Next(validators.Count)];
        switch (random.Next(24))
        {
            case < 6:
                validator.Use(node => node.Propose(), random);
                break;
            case < 14:
                validator.Use(node => node.Advance(), random);
                break;
            case < 16:
                validator.Use(node => clients[random.Next(clients.Count)].Use(node, random, checks, Wish), random);
                break;
            case < 18:
                now += TimeSpan.FromMilliseconds(random.Next(700));
                SetClocks();
                break;
            case < 20:
                order.Settle();
                break;
            case 20:
                validator.CutPowerAfter(random.Next(12));
                validator.Start(random);
                break;
            case 21:
                order.Lag();
                break;
            case 22:
                liar?.Lie(network, order, validators.Count, now);
                break;
            default:
                HarmOrder();
                break;
        }
    }

    private void HarmOrder()
    {
        if (orderLies && random.Next(4) == 0)
        {
            order.Lie();
        }
        else if (orderLosesTail && random.Next(4) == 0)
        {
            order.LoseTail();
        }
    }

    private Call Wish() => random.Next(12) switch
    {
        0 => SampleLedger.TakeNote($"note {random.Next()}"),
        1 or 2 => SampleLedger.Remind(now + TimeSpan.FromMilliseconds(random.Next(-500, 3000)), $"reminder {random.Next()}"),
        3 => SampleLedger.SetValidators([.. validators.Select(validator => validator.Key).Skip(validators.Count == 5 ? random.Next(2) : 0)]),
        _ => SampleLedger.Transfer(random.Next(2) == 0 ? SampleLedger.Alice : SampleLedger.Bob, random.Next(700)),
    };

    private bool Heal()
    {
        order.IsFaulty = false;
        network.IsFaulty = false;
        order.Flush();
        now += TimeSpan.FromSeconds(5);
        for (int round = 0; round < MostHealingRounds; round++)
        {
            now += TimeSpan.FromMilliseconds(200);
            checks.LatestHonestClock = Instant.Max(checks.LatestHonestClock, now);
            foreach (SimulatedValidator validator in validators)
            {
                validator.Heal(now, random);
                validator.Use(AdvanceFar, random);
                clients.ForEach(client => validator.Use(node => client.Repeat(node, checks), random));
                validator.Use(node => node.Propose(), random);
            }

            order.Flush();
            if (round > 30 && IsAtRest())
            {
                return true;
            }
        }

        return false;
    }

    private static void AdvanceFar(LedgerNode node)
    {
        for (int steps = 0; steps < 200 && node.Advance(); steps++)
        {
        }
    }

    private bool IsAtRest() =>
        validators.All(validator => validator.Node is { } node
            && node.FinalHeight == node.Height
            && node.Height == validators[0].Node!.Height)
        && clients.TrueForAll(client => client.IsAnswered(checks))
        && !(validators[^1].Node!.NextDue <= now);

    private void Verify()
    {
        SimulatedValidator[] running = [.. validators.Where(validator => validator.Node?.FinalHeight is not null)];
        foreach (SimulatedValidator validator in running)
        {
            checks.Recovered(validator);
        }

        if (running.Length > 0)
        {
            SimulatedValidator one = running[random.Next(running.Length)];
            VerificationReport report = LedgerVerifier.Verify(one.Disk, SimulatedValidator.FileName, SampleLedger.Catalog());
            RunChecks.Require(report.IsRight, $"The ledger file of validator {one.Number} does not verify: {report.Fault}");
            RunChecks.Require(report.Tip == one.Node!.Tip.HeaderHash(), $"The ledger file of validator {one.Number} ends with another block than it says.");
        }
    }

    private string Describe() => string.Join("; ", validators.Select(validator =>
        $"validator {validator.Number} {(validator.Node is { } node ? $"executed {node.Height}, final {node.FinalHeight}" : validator.Stopped ?? "is down")}"))
        + $"; unanswered: {string.Join(", ", clients.Where(client => !client.IsAnswered(checks)))}";

    private void Overhear(int sender, ReadOnlyMemory<byte> message)
    {
        checks.HearVote(sender, message);
        liar?.Overhear(message);
    }

    private void SetClocks()
    {
        foreach (SimulatedValidator validator in validators)
        {
            validator.Clock.Now = now + skews[validator.Number];
            if (validator.Number > 0)
            {
                checks.LatestHonestClock = Instant.Max(checks.LatestHonestClock, validator.Clock.Now);
            }
        }
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Blocks">Blocks that became final.</param>
/// <param name="Transactions">Transactions that were executed.</param>
/// <param name="Equivocations">How often a validator was caught signing two headers.</param>
/// <param name="Divergences">How often headers were seen to differ.</param>
/// <param name="Stops">How many nodes stopped by themselves.</param>
internal sealed record FaultRunResult(int Blocks, int Transactions, int Equivocations, int Divergences, int Stops);
