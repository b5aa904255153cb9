using Commonwatt.Faults.Sample;

namespace Commonwatt.Faults;

/// <summary>One run of a cluster of real nodes under faults that a seed decides: the same seed gives the same run.</summary>
internal sealed partial class FaultRun
{
    private readonly Random random;
    private readonly LedgerGenesis genesis;
    private readonly SimulatedOrder order;
    private readonly SimulatedNetwork network;
    private readonly RunChecks checks;
    private readonly ClusterPowers powers;
    private readonly List<SimulatedValidator> validators = [];
    private readonly List<SimulatedClient> clients;
    private readonly LyingValidator? liar;
    private readonly bool orderLies;
    private readonly bool orderLosesTail;
    private readonly bool liarHasThird;
    private readonly TimeSpan[] skews;
    private Instant now = SampleLedger.Start;
    private int reminders;

    public FaultRun(int seed)
    {
        random = new Random(seed);
        SigningKey[] keys = [.. Enumerable.Range(0, random.Next(3, 6)).Select(SimulatedValidator.KeyOf)];
        bool hasLiar = random.Next(2) == 0;
        liarHasThird = hasLiar && random.Next(4) == 0;
        int fate = random.Next(10);
        orderLies = fate == 0;
        orderLosesTail = fate is 1 or 2;
        powers = new ClusterPowers(keys, liarHasThird);
        genesis = SampleLedger.Genesis(powers.All(random), hasSignatures: random.Next(8) == 0);
        checks = new RunChecks(hasLiar ? keys[0] : null);
        order = new SimulatedOrder(random, checks.HearBatch);
        network = new SimulatedNetwork(random, Overhear);
        liar = hasLiar ? new LyingValidator(keys[0], genesis, [.. keys.Skip(1).Select(key => key.Address)], random) : null;
        skews = [.. keys.Select((_, number) => Skew(number))];
        for (int number = 0; number < keys.Length; number++)
        {
            validators.Add(new SimulatedValidator(number, keys[number], genesis, order.Join(), network.Join(), checks, random));
        }

        clients = [new SimulatedClient(SampleLedger.Builder(genesis, SampleLedger.Alice)), new SimulatedClient(SampleLedger.Builder(genesis, SampleLedger.Bob))];
        SetClocks();
    }

    /// <summary>What the run came to.</summary>
    public FaultRunResult Result => new(checks.Counts, checks.Tip?.HeaderHash() ?? Hash.Zero, genesis.HasSignatures);

    /// <summary>Whether everybody is shown one order that keeps all: then nobody may stop.</summary>
    private bool IsOrderRight => !orderLies && !orderLosesTail;

    /// <summary>Runs under faults, then lets everything heal, and checks what must hold.</summary>
    /// <exception cref="FaultFoundException">Something does not hold.</exception>
    public void Run()
    {
        using IDisposable remembering = RememberedSignatures.Begin();
        validators.ForEach(validator => validator.Start());
        int steps = random.Next(200, 700);
        for (int step = 0; step < steps; step++)
        {
            Step();
        }

        bool isWhole = Heal();
        if (IsOrderRight)
        {
            RunChecks.Require(checks.Counts.Stops == 0, "A node stopped though everybody was shown one order.");
            RunChecks.Require(isWhole || liarHasThird, $"The cluster did not come to rest after all faults were mended: {Describe()}.");
        }

        // Whoever keeps the ledger from going on is seen to do so.
        bool isSaid = checks.Counts.Divergences + checks.Counts.Stops > 0 || validators.Exists(validator => validator.Node is { } node && (node.IsLeftBehind || node.FinalHeight != node.Height));
        RunChecks.Require(isWhole || isSaid, $"The cluster stands still, and nobody says why: {Describe()}.");
        Verify(isWhole);
    }

    private void Step()
    {
        SimulatedValidator validator = validators[random.Next(validators.Count)];
        switch (random.Next(32))
        {
            case < 7:
                validator.Use(node => node.Propose());
                break;
            case < 18:
                validator.Use(node => node.Advance());
                break;
            case < 21:
                validator.Use(node => clients[random.Next(clients.Count)].Use(node, random, checks, Wish));
                break;
            case < 23:
                now += TimeSpan.FromMilliseconds(random.Next(700));
                SetClocks();
                break;
            case < 26:
                order.Settle();
                break;
            case 26:
                validator.Disk.CutPowerAfter(random.Next(20));
                validator.Start();
                break;
            case 27:
                BreakSomething(validator);
                break;
            case 28:
                order.Lag();
                break;
            case 29:
                Lie();
                break;
            case 30:
                HarmOrder();
                break;
            default:
                validators.ForEach(one => one.Start());
                break;
        }
    }

    private void BreakSomething(SimulatedValidator validator)
    {
        if (random.Next(2) == 0)
        {
            validator.Disk.BreakAfter(random.Next(20), onlyOnce: random.Next(2) == 0);
        }
        else
        {
            skews[validator.Number] = Skew(validator.Number);
            SetClocks();
        }
    }

    private void Lie()
    {
        if (liar is not null)
        {
            liar.Lie(network, order, now);
            checks.Counts = checks.Counts with { Lies = checks.Counts.Lies + 1 };
        }
    }

    private void HarmOrder()
    {
        if (orderLies && random.Next(4) == 0)
        {
            order.Lie();
        }

        if (orderLosesTail && random.Next(2) == 0)
        {
            order.LoseTail();
            checks.Counts = checks.Counts with { TailsLost = checks.Counts.TailsLost + 1 };
        }

        // What takes the order's newest entries may well take the power of the machines beside it, too.
        if (random.Next(orderLosesTail ? 2 : 6) == 0)
        {
            foreach (SimulatedValidator validator in validators.Where(_ => random.Next(4) > 0))
            {
                validator.LosePower();
                if (random.Next(2) == 0)
                {
                    validator.Start();
                }
            }
        }
    }

    private Call Wish() => random.Next(12) switch
    {
        0 => SampleLedger.TakeNote($"note {random.Next()}"),
        1 or 2 => SampleLedger.Remind(now + TimeSpan.FromMilliseconds(random.Next(-500, 3000)), $"reminder {reminders++}"),
        3 => SampleLedger.SetValidators(powers.Some(random)),
        _ => SampleLedger.Transfer(random.Next(2) == 0 ? SampleLedger.Alice : SampleLedger.Bob, random.Next(700)),
    };

    private void Verify(bool isWhole)
    {
        SimulatedValidator[] running = [.. validators.Where(validator => validator.Node?.FinalHeight is not null)];
        foreach (SimulatedValidator validator in running)
        {
            checks.Recovered(validator);
        }

        if (running.Length > 0)
        {
            SimulatedValidator one = running[random.Next(running.Length)];
            checks.CheckReminders(new StateView(one.Node!.State), isNothingDue: isWhole);
            checks.CheckBatches(one.BatchesInFile());
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
        if (FinalityMessage.Decode(message.Span, genesis.Id) is { Vote: { } vote })
        {
            checks.HearVote(validators[sender], vote);
            liar?.Overhear(vote);
        }
    }

    // The clock of validator 0 is wrong by hours, those of the others by seconds.
    private TimeSpan Skew(int number) => number == 0 ? TimeSpan.FromHours(random.Next(-50, 50)) : TimeSpan.FromMilliseconds(random.Next(-3000, 3000));

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
