namespace Commonwatt.Node.Community.Explorer;

/// <summary>A final block.</summary>
/// <param name="Height">Its number; the genesis is 0.</param>
/// <param name="Time">Block time.</param>
/// <param name="Hash">The hash of its header.</param>
/// <param name="Transactions">How many transactions it holds.</param>
/// <param name="Scheduled">How many calls of the ledger's own schedule ran in it.</param>
/// <param name="Events">How many events happened in it.</param>
/// <param name="Proposer">The validator whose batch it is.</param>
/// <param name="Signatures">How many validators' signatures it has.</param>
/// <param name="BatchBytes">How many bytes its transactions have.</param>
internal sealed record BlockJson(ulong Height, Instant Time, string Hash, long Transactions, long Scheduled, long Events, string Proposer, long Signatures, long BatchBytes);

/// <summary>A final block with its header and what it holds.</summary>
/// <param name="Block">The block.</param>
/// <param name="Header">What validators signed.</param>
/// <param name="Items">Its receipts in order: of scheduled calls first, then of the transactions.</param>
/// <param name="Next">What to give as <c>cursor</c> for the receipts after these, or null.</param>
internal sealed record BlockDetailJson(BlockJson Block, HeaderJson Header, IReadOnlyList<ReceiptJson> Items, string? Next);

/// <summary>The roots of a header.</summary>
internal sealed record HeaderJson(string Parent, string TransactionsRoot, string ReceiptsRoot, string StateRoot, string ValidatorsHash, string ContentHash);

/// <summary>What became of a transaction, or of a call of the ledger's own schedule.</summary>
/// <param name="Id">The transaction's id; of a scheduled call the digest of what it calls.</param>
/// <param name="Height">The block.</param>
/// <param name="Index">Its place among the block's receipts.</param>
/// <param name="Scheduled">Whether the schedule called.</param>
/// <param name="Sender">Who sent it; null for the schedule.</param>
/// <param name="Call">What is called first, as <c>market.place</c>; null for the schedule.</param>
/// <param name="Calls">How many calls it makes.</param>
/// <param name="Outcome">Why it was refused, or null where it was done.</param>
internal sealed record ReceiptJson(string Id, ulong Height, long Index, bool Scheduled, string? Sender, string? Call, long Calls, OutcomeJson? Outcome);

/// <summary>Why something was refused.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Sentence">A sentence for people.</param>
internal sealed record OutcomeJson(string Code, string Sentence);

/// <summary>A transaction, or a scheduled call, with all that is known of it.</summary>
/// <param name="Receipt">What became of it.</param>
/// <param name="Time">The block's time.</param>
/// <param name="Nonce">The sender's number for it; as text, for it may have 64 bits.</param>
/// <param name="ExpiresAt">Until when it was good.</param>
/// <param name="Arguments">What it calls.</param>
/// <param name="Events">What happened.</param>
internal sealed record TransactionJson(ReceiptJson Receipt, Instant Time, string? Nonce, Instant? ExpiresAt, IReadOnlyList<CallJson> Arguments, IReadOnlyList<EventJson> Events);

/// <summary>A call.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Method">Its method.</param>
/// <param name="Arguments">The arguments by name, or null where this build does not know the method.</param>
/// <param name="Hex">Their bytes.</param>
internal sealed record CallJson(string Contract, string Method, IReadOnlyDictionary<string, object?>? Arguments, string Hex);

/// <summary>An event.</summary>
/// <param name="Index">Its place among the block's events.</param>
/// <param name="Name">The contract and what happened.</param>
/// <param name="Fields">Its fields by name, or null where this build does not know it.</param>
/// <param name="Hex">Its bytes.</param>
internal sealed record EventJson(long Index, string Name, object? Fields, string Hex);

/// <summary>An event with where it happened: what <c>block</c> and <c>eventIndex</c> of trades, invoices, entries and settlement lines lead to.</summary>
/// <param name="Height">The block.</param>
/// <param name="Time">The block's time.</param>
/// <param name="Index">Its place among the block's events, from 0.</param>
/// <param name="Name">The contract and what happened.</param>
/// <param name="Title">What that means, in words; null where this build does not know it.</param>
/// <param name="Fields">Its fields by name, or null where this build does not know it.</param>
/// <param name="Hex">Its bytes.</param>
/// <param name="Transaction">The transaction that made it; null where the ledger's own schedule did.</param>
/// <param name="Receipt">What became of the transaction, or of the scheduled call: its <c>id</c> is found under <c>/ledger/transactions</c> too.</param>
/// <param name="Number">Its number among the receipt's events, from 1, as <c>check-proof --event</c> takes it.</param>
/// <param name="EventsOfReceipt">How many events the receipt holds. A proof of the event shows them all.</param>
internal sealed record EventDetailJson(
    ulong Height, Instant Time, long Index, string Name, string? Title, object? Fields, string Hex, string? Transaction, ReceiptJson Receipt, long Number, long EventsOfReceipt);

/// <summary>Whose an address is, and what it sent.</summary>
/// <param name="Address">The address.</param>
/// <param name="Kinds">What it is: <c>member</c>, <c>meter</c>, <c>gateway</c>, <c>manager</c>, <c>dso</c>, <c>validator</c>, <c>utility</c>, <c>fund</c> …; empty where it is unknown.</param>
/// <param name="MemberNumber">The member that it is or belongs to.</param>
/// <param name="Power">Its voting power; null where it is no validator.</param>
/// <param name="Items">What it sent, newest first.</param>
/// <param name="Next">What to give as <c>cursor</c> for what it sent before.</param>
internal sealed record AddressJson(string Address, IReadOnlyList<string> Kinds, long? MemberNumber, long? Power, IReadOnlyList<ReceiptJson> Items, string? Next);

/// <summary>An account; what is on it is told to its holder, the manager and the auditor.</summary>
/// <param name="Address">The address.</param>
/// <param name="Kinds">What it is, as with addresses.</param>
/// <param name="Nonce">The nonce of its newest transaction, 0 where there is none; the next must be greater. As text, for it may have 64 bits.</param>
/// <param name="Balance">The balance.</param>
/// <param name="Locked">What is set aside.</param>
/// <param name="CreditLine">How far orders may lead into debt.</param>
internal sealed record AccountJson(string Address, IReadOnlyList<string> Kinds, string Nonce, long? Balance, long? Locked, long? CreditLine);

/// <summary>What was searched for.</summary>
/// <param name="Kind"><c>block</c>, <c>transaction</c>, <c>address</c> or <c>none</c>.</param>
/// <param name="Key">Its height, id or address.</param>
internal sealed record SearchJson(string Kind, string? Key);

/// <summary>Whom a checker of proofs of a height trusts.</summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Name">Its name.</param>
/// <param name="Height">The height that they make final.</param>
/// <param name="Validators">The validators.</param>
/// <param name="Trust">The same as a file of validators, for <c>./commonwatt check-proof</c> and for browsers.</param>
internal sealed record ValidatorsJson(string LedgerId, string Name, ulong Height, IReadOnlyList<ValidatorJson> Validators, string Trust);

/// <summary>A validator.</summary>
/// <param name="Address">Its address.</param>
/// <param name="PublicKey">Its key.</param>
/// <param name="Power">Its voting power.</param>
internal sealed record ValidatorJson(string Address, string PublicKey, ulong Power);
