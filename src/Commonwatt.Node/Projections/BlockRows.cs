using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Ledger.Wire;

namespace Commonwatt.Node.Projections;

/// <summary>Makes the rows of one block after the other.</summary>
internal sealed class BlockRows
{
    private const int LongestName = 100;

    private readonly LedgerGenesis genesis;
    private readonly CommunityBook book;
    private readonly ProjectionSession session;
    private readonly ProjectionChanges changes;
    private readonly MoneyRows money;
    private readonly MarketRows market;
    private readonly CommunityRows community;

    /// <summary>Rows for the blocks after those the book knows of.</summary>
    /// <param name="genesis">What the ledger begins with.</param>
    /// <param name="book">The community; it goes along.</param>
    /// <param name="session">Where rows go.</param>
    public BlockRows(LedgerGenesis genesis, CommunityBook book, ProjectionSession session)
    {
        this.genesis = genesis;
        this.book = book;
        this.session = session;
        changes = new ProjectionChanges();
        money = new MoneyRows(book, session, changes);
        market = new MarketRows(book, session, money, changes);
        community = new CommunityRows(book, session, money);
    }

    /// <summary>What changed so far.</summary>
    public ProjectionChanges Changes => changes;

    /// <summary>Makes the rows of the next block.</summary>
    public void Take(FinalBlock block)
    {
        BlockHeader header = block.Header;
        int events = 0;
        for (int place = 0; place < block.Executed.Receipts.Count; place++)
        {
            Receipt receipt = block.Executed.Receipts[place];
            SignedTransaction? transaction = place < block.Executed.ScheduledCount ? null : block.Transactions[place - block.Executed.ScheduledCount];
            Put(header, place, receipt, transaction);
            foreach (LedgerEvent happened in receipt.Events)
            {
                var at = new EventPlace(header.Height, header.Time, events, place);
                session.Put(ProjectedTables.Events, header.Height, events, place, happened.Name, happened.Data);
                Take(happened, at);
                events++;
            }

            if (receipt.Outcome.IsDone)
            {
                Take(transaction?.Calls ?? (header.Height == 0 ? [genesis.Calls[place]] : []), new EventPlace(header.Height, header.Time, events, place));
            }
        }

        PutValidators(block);
        Hash hash = header.HeaderHash();
        long bytes = block.Transactions.Sum(transaction => (long)transaction.Bytes.Length);
        session.Put(
            ProjectedTables.Blocks, header.Height, header.Time, header.Proposer, header.TransactionCount, header.ScheduledCount, events, bytes, block.Certificate.Count, hash);
        book.Position = new BookPosition(header.Height, header.Time, hash);
        changes.Blocks.Add(new ProjectedBlock(header.Height, header.Time, (int)header.TransactionCount, events));
    }

    private void Put(BlockHeader header, int place, Receipt receipt, SignedTransaction? transaction)
    {
        Outcome outcome = receipt.Outcome;
        Call? first = transaction is { Calls: [var call, ..] } ? call : null;
        session.Put(
            ProjectedTables.Transactions,
            header.Height,
            place,
            transaction is null,
            transaction?.Sender,
            transaction?.Nonce,
            transaction?.ExpiresAt,
            transaction?.Calls.Count ?? 1,
            first is null ? null : NameOf(first),
            outcome.IsDone,
            TransactionAdmission.IsAdmitted(outcome),
            outcome.IsDone ? null : outcome.Code,
            outcome.IsDone ? null : outcome.Sentence,
            receipt.Subject);
    }

    // Whoever may send at all may name a contract that there is not, at any length.
    private static string NameOf(Call call) => $"{call.Contract}.{call.Method}" is { Length: > LongestName } name ? name[..LongestName] : $"{call.Contract}.{call.Method}";

    private void Take(IReadOnlyList<Call> calls, EventPlace place)
    {
        foreach (Call call in calls)
        {
            community.Take(call, place);
        }
    }

    // What a later version of the rules tells of stays in the events as it is.
    private void Take(LedgerEvent happened, EventPlace place)
    {
        switch (happened.Name)
        {
            case "wallet.transferred":
                money.Transfer(happened.As<Transferred>(), place);
                break;
            case "wallet.credit-line-set":
                CreditLineSet set = happened.As<CreditLineSet>();
                money.SetCreditLine(set.Member, set.Amount);
                break;
            case "registry.member-registered":
                community.Register(happened.As<MemberRegistered>(), place);
                break;
            case "governance.role-changed":
                community.ChangeRole(happened.As<RoleChanged>(), place);
                break;
            case "governance.parameters-changed":
                community.ChangeParameters(happened.As<ParametersChanged>(), place);
                break;
            case "governance.tariff-changed":
                community.ChangeTariff(happened.As<TariffChanged>(), place);
                break;
            case "mandate.granted":
                session.Put(ProjectedTables.MandateGrants, happened.As<MandateGranted>().Member.Value, place.Height, place.Receipt);
                break;
            case "metering.reported":
                community.Report(happened.As<ReadingReported>(), place);
                break;
            case "market.opened":
                market.Open(happened.As<ListingOpened>(), place);
                break;
            case "market.order-placed":
                market.PlaceOrder(happened.As<OrderPlaced>(), place);
                break;
            case "market.order-withdrawn":
                market.WithdrawOrder(happened.As<OrderWithdrawn>(), place);
                break;
            case "market.curtailed":
                market.Curtail(happened.As<TradesCurtailed>());
                break;
            case "market.cleared":
                market.Clear(happened.As<MarketCleared>(), place);
                break;
            case "market.settled":
                market.Settle(happened.As<PeriodSettled>(), place);
                break;
            case "market.corrected":
                market.Correct(happened.As<PeriodCorrected>(), place);
                break;
            case "market.invoice-issued":
                market.Issue(happened.As<InvoiceIssued>(), LayoutOfSums(happened.Data), place);
                break;
        }
    }

    // The sums stand behind the member's number and the end of the invoice.
    private static ReadOnlyMemory<byte> LayoutOfSums(ReadOnlyMemory<byte> data) => data[(sizeof(uint) + sizeof(long))..];

    private void PutValidators(FinalBlock block)
    {
        if (block.Header.ValidatorsHash == book.ValidatorsHash)
        {
            return;
        }

        book.ValidatorsHash = block.Header.ValidatorsHash;
        ValidatorSet now = block.Executed.Validators;
        session.Put(ProjectedTables.ValidatorSets, block.Header.Height, CanonicalWriter.Encode(now));
        foreach (ValidatorMember member in now.Members)
        {
            (ulong Power, ulong Since) before = book.Validators.GetValueOrDefault(member.Address);
            ulong since = before.Power == member.Power ? before.Since : block.Header.Height;
            book.Validators[member.Address] = (member.Power, since);
            session.Put(ProjectedTables.Validators, member.Address, member.Power, since, member.Key.Compressed.ToArray());
        }

        foreach (Ledger.Keys.Address gone in book.Validators.Keys.Where(address => now.Find(address) is null).ToArray())
        {
            book.Validators.Remove(gone);
            session.Execute("UPDATE validators SET power = 0, since_height = @height WHERE address = @gone", new { height = (long)block.Header.Height, gone });
        }
    }
}
