using System.Collections.Concurrent;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Configuration;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>Members who pay each other without a pause, through all validators, and remember every answer.</summary>
internal sealed class Load : IDisposable
{
    private const int Members = 12;
    private const int HastyOnes = 3;
    private const int OneInSentTwice = 8;
    private const int OneInTooDear = 25;
    private const long TooMuch = 1_000 * Member.OpeningBalance;

    private readonly TransactionSender sender;
    private readonly int validators;
    private readonly Member[] members;
    private readonly ConcurrentQueue<SentTransaction> sent = [];
    private readonly List<long> certified = [];
    private readonly int[] answers;
    private readonly CancellationTokenSource over = new();
    private Task running = Task.CompletedTask;
    private volatile bool isEnding;

    private Load(RealCluster cluster)
    {
        validators = cluster.Validators.Count;
        sender = new TransactionSender(cluster.Validators);
        answers = new int[validators];
        members = [.. Enumerable.Range(0, Members).Select(_ => new Member(cluster.Folder.Genesis.Id, SigningKey.Create()))];
    }

    /// <summary>Everything that was sent, by id.</summary>
    public IReadOnlyDictionary<Hash, SentTransaction> Sent => sent.ToDictionary(one => one.Signed.Id);

    public IEnumerable<Address> Addresses => members.Select(member => member.Address);

    /// <summary>How many transactions a final block did.</summary>
    public int Certified
    {
        get
        {
            lock (certified)
            {
                return certified.Count;
            }
        }
    }

    public static async Task<Load> StartAsync(RealCluster cluster, int seed)
    {
        var load = new Load(cluster);
        using SigningKey manager = KeyFile.Read(Path.Combine(cluster.Folder.Path, "manager.pem"));
        (CertifiedAnswer registered, _) = await load.sender.SendAsync(Member.Register(cluster.Folder.Genesis.Id, manager, load.members), first: 0, TestContext.Current.CancellationToken);
        Assert.True(registered.Kind is AnswerKind.Done, $"The members were not registered: {registered}");
        load.running = Task.WhenAll(load.members.Select((_, index) => Task.Run(() => PayAsync(load, index, new Random(seed + index)))));
        return load;
    }

    /// <summary>How many answers a validator gave.</summary>
    public int AnswersOf(int validator) => Volatile.Read(ref answers[validator]);

    /// <summary>Waits until more transactions are certified.</summary>
    public Task GoesOnAsync(int more, string when)
    {
        int before = Certified;
        return Watch.UntilAsync(() => Certified >= before + more || Fault(), $"{more} more transactions are certified {when}");
    }

    /// <summary>The longest time without a certified transaction from a moment on.</summary>
    /// <param name="since">A timestamp of <see cref="Stopwatch"/>.</param>
    public TimeSpan LongestGap(long since)
    {
        lock (certified)
        {
            long last = since, longest = 0;
            foreach (long at in certified.Where(at => at > since).Append(Stopwatch.GetTimestamp()))
            {
                longest = long.Max(longest, at - last);
                last = at;
            }

            return Stopwatch.GetElapsedTime(0, longest);
        }
    }

    /// <summary>Sends nothing new, and waits until everything that was sent has its answer.</summary>
    public async Task EndAsync()
    {
        isEnding = true;
        await Watch.UntilAsync(() => running.IsCompleted, $"everything that was sent has its answer; {sent.Count(one => one.Answer is null)} have none");
        await running;
    }

    public void Dispose()
    {
        over.Cancel();
        running.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        sender.Dispose();
        over.Dispose();
        foreach (Member member in members)
        {
            member.Dispose();
        }
    }

    // A client that failed must not show as a ledger that stands still.
    private bool Fault() => running.IsFaulted ? throw running.Exception! : false;

    private static async Task PayAsync(Load load, int index, Random random)
    {
        while (!load.isEnding)
        {
            SentTransaction next = load.Make(index, random);
            if (index < HastyOnes)
            {
                // The later one often overtakes the earlier one.
                SentTransaction later = load.Make(index, random);
                await Task.WhenAll(load.FollowAsync(later, random.Next(), isTwice: false), load.FollowAsync(next, random.Next(), isTwice: false));
            }
            else
            {
                await load.FollowAsync(next, random.Next(), random.Next(OneInSentTwice) == 0);
            }
        }
    }

    private SentTransaction Make(int index, Random random)
    {
        SentTransaction made = members[index].Pay(members[(index + 1 + random.Next(Members - 1)) % Members].Address, random.Next(OneInTooDear) == 0 ? TooMuch : 1 + random.Next(100));
        sent.Enqueue(made);
        return made;
    }

    private async Task FollowAsync(SentTransaction transaction, int random, bool isTwice)
    {
        int first = random % validators;
        Task<(CertifiedAnswer Answer, int Validator)>[] sending = isTwice
            ? [sender.SendAsync(transaction.Signed, first, over.Token), sender.SendAsync(transaction.Signed, first + 1, over.Token)]
            : [sender.SendAsync(transaction.Signed, first, over.Token)];
        (CertifiedAnswer answer, int validator) = await await Task.WhenAny(sending);
        transaction.Answer = answer;
        Interlocked.Increment(ref answers[validator]);
        if (answer.Kind is AnswerKind.Done)
        {
            lock (certified)
            {
                certified.Add(Stopwatch.GetTimestamp());
            }
        }

        foreach ((CertifiedAnswer other, _) in await Task.WhenAll(sending))
        {
            Assert.True(IsSame(answer, other), $"Two answers for {transaction.Signed.Id}: {answer} and {other}");
        }
    }

    private static bool IsSame(CertifiedAnswer one, CertifiedAnswer other) =>
        one.Kind is AnswerKind.WithoutReceipt || other.Kind is AnswerKind.WithoutReceipt ? one.Height == other.Height
        : (one.Kind, one.Height, one.Code) == (other.Kind, other.Height, other.Code);
}
