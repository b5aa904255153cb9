using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Ledger.Execution;

/// <summary>The ledger's own tables, beside those of the contracts: all of it is under the state root.</summary>
public static class SystemTables
{
    /// <summary>The nonce of each sender's last transaction.</summary>
    public static Table<Address, Count> Nonces { get; } = new("ledger.nonces", conserved: null);

    /// <summary>Each validator's last batch and clock.</summary>
    public static Table<Address, ProposerRecord> Proposers { get; } = new("ledger.proposers", conserved: null);

    /// <summary>The validators from a height on.</summary>
    public static Table<Count, ValidatorSet> Validators { get; } = new("ledger.validators", conserved: null);

    /// <summary>The version of the rules from a height on.</summary>
    public static Table<Count, Count> Rules { get; } = new("ledger.rules", conserved: null);

    internal static Table<ScheduleKey, ScheduledCall> Due { get; } = new("ledger.schedule", conserved: null);

    private static Table<Address, Count> Sequence { get; } = new("ledger.sequence", conserved: null);

    /// <summary>The validators at a height.</summary>
    public static ValidatorSet ValidatorsAt(StateReader state, ulong height) => Latest(Validators, state, height);

    /// <summary>The validators of the newest change, be it in force or announced: what the next change starts from, so that none undoes another.</summary>
    public static ValidatorSet NewestValidators(StateReader state) => Validators.All(state)[^1].Value;

    /// <summary>The validator with an address in the set in force at a height, or in one announced since; or null.</summary>
    public static ValidatorMember? FindValidator(StateReader state, ulong height, Address address)
    {
        IReadOnlyList<KeyValuePair<Count, ValidatorSet>> sets = Validators.All(state);
        for (int index = sets.Count - 1; index >= 0; index--)
        {
            if (sets[index].Value.Find(address) is { } validator)
            {
                return validator;
            }

            if (sets[index].Key.Value <= height)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The version of the rules at a height.</summary>
    public static uint RulesAt(StateReader state, ulong height) => (uint)Latest(Rules, state, height).Value;

    /// <summary>Sets the validators from the second block after this one on.</summary>
    public static void ChangeValidators(CallContext context, ValidatorSet validators)
    {
        ulong from = context.Origin == CallOrigin.Genesis ? 0 : context.Height + 2;
        Validators.Put(context, new Count(from), validators);
        ForgetOutdated(Validators, context);
    }

    /// <summary>Puts another version of the rules in force.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="version">The version.</param>
    /// <param name="height">The first height it holds for, after this one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The height is not after that of the running block.</exception>
    public static void ChangeRules(CallContext context, uint version, ulong height)
    {
        if (context.Origin != CallOrigin.Genesis)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(height, context.Height);
        }

        Rules.Put(context, new Count(height), new Count(version));
        ForgetOutdated(Rules, context);
    }

    internal static void Schedule(CallContext context, Instant at, string contract, string method, IMessage arguments)
    {
        ulong sequence = Sequence.FindOr(context, Address.Nobody, default).Value + 1;
        Sequence.Put(context, Address.Nobody, new Count(sequence));
        // Keys stand in the order of their bytes, in which a time before 1970 would come last: it is due now in any case.
        Due.Put(context, new ScheduleKey(Instant.Max(at, new Instant(0)), sequence), new ScheduledCall(contract, method, arguments.ToByteArray()));
    }

    // Entries stand by ascending height: the last one that is not above is in force.
    private static T Latest<T>(Table<Count, T> table, StateReader state, ulong height)
        where T : ICanonical<T>
    {
        IReadOnlyList<KeyValuePair<Count, T>> entries = table.All(state);
        for (int index = entries.Count - 1; index >= 0; index--)
        {
            if (entries[index].Key.Value <= height)
            {
                return entries[index].Value;
            }
        }

        throw new BrokenInvariantException($"The state names nothing that is in force at height {height}.");
    }

    private static void ForgetOutdated<T>(Table<Count, T> table, CallContext context)
        where T : ICanonical<T>
    {
        IReadOnlyList<KeyValuePair<Count, T>> entries = table.All(context);
        for (int index = 0; index + 1 < entries.Count && entries[index + 1].Key.Value <= context.Height; index++)
        {
            table.Remove(context, entries[index].Key);
        }
    }
}

/// <summary>A number that counts something: nonces, heights, versions.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Count(ulong Value) : ICanonical<Count>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.UInt64(Value);

    /// <inheritdoc/>
    public static Count Read(ref CanonicalReader reader) => new(reader.UInt64());
}

/// <summary>What a validator published last.</summary>
/// <param name="BatchNumber">The number of its last batch.</param>
/// <param name="Clock">Its clock then.</param>
public readonly record struct ProposerRecord(ulong BatchNumber, Instant Clock) : ICanonical<ProposerRecord>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt64(BatchNumber);
        writer.Instant(Clock);
    }

    /// <inheritdoc/>
    public static ProposerRecord Read(ref CanonicalReader reader) => new(reader.UInt64(), reader.Instant());
}

/// <summary>The place of a scheduled call: by time, then by the order of scheduling.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Sequence">The how-manieth call ever scheduled it is.</param>
internal readonly record struct ScheduleKey(Instant At, ulong Sequence) : ICanonical<ScheduleKey>
{
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(At);
        writer.UInt64(Sequence);
    }

    public static ScheduleKey Read(ref CanonicalReader reader) => new(reader.Instant(), reader.UInt64());
}

/// <summary>A call to be made when its time has come.</summary>
/// <param name="Contract">The contract that scheduled it.</param>
/// <param name="Method">Its method.</param>
/// <param name="Arguments">The encoded arguments.</param>
internal sealed record ScheduledCall(string Contract, string Method, ReadOnlyMemory<byte> Arguments) : ICanonical<ScheduledCall>
{
    public void Write(ref CanonicalWriter writer)
    {
        writer.Text(Contract);
        writer.Text(Method);
        writer.Bytes(Arguments.Span);
    }

    public static ScheduledCall Read(ref CanonicalReader reader) => new(reader.Text(), reader.Text(), reader.Bytes().ToArray());
}
