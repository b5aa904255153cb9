using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Ledger.Execution;

/// <summary>A set of rules that every validator executes alike: methods that people call, and tables of its own.</summary>
/// <remarks>
/// A contract holds no state in itself. It registers its tables and methods in its constructor, and takes everything else
/// from the <see cref="CallContext"/>. Other contracts' rules it calls as plain methods, with the same context.
/// </remarks>
public abstract class Contract
{
    private readonly Dictionary<string, ContractMethod> methods = new(StringComparer.Ordinal);

    /// <summary>A contract with a name.</summary>
    /// <param name="name">A word in small letters and hyphens; not <c>ledger</c>, whose tables are the ledger's own.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    protected Contract(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') || string.Equals(name, "ledger", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{name}' cannot be a contract's name: small letters and hyphens are, but not 'ledger'.", nameof(name));
        }

        Name = name;
        Address = Address.OfName($"contract/{name}");
    }

    /// <summary>The contract's name in calls, tables and events.</summary>
    public string Name { get; }

    /// <summary>The contract's own address: the sender of its scheduled calls, and the holder of its accounts.</summary>
    public Address Address { get; }

    internal ContractMethod? FindMethod(string method) => methods.GetValueOrDefault(method);

    /// <summary>Registers a table.</summary>
    /// <param name="table">A word in small letters and hyphens.</param>
    /// <param name="conserved">What must add up to the same over all entries before and after every call, such as a balance.</param>
    protected Table<TKey, TValue> Table<TKey, TValue>(string table, Func<TValue, long>? conserved = null)
        where TKey : ICanonical<TKey>
        where TValue : ICanonical<TValue> =>
        new($"{Name}.{table}", conserved);

    /// <summary>Registers a method that anybody known to the ledger may call; who really may is the method's own rule.</summary>
    protected void On<TArguments>(string method, MessageParser<TArguments> parser, Func<CallContext, TArguments, Outcome> rule)
        where TArguments : IMessage<TArguments> =>
        Register(method, CallOrigin.Transaction, parser, rule);

    /// <summary>Registers a method that only the contract's own schedule calls.</summary>
    protected void OnSchedule<TArguments>(string method, MessageParser<TArguments> parser, Func<CallContext, TArguments, Outcome> rule)
        where TArguments : IMessage<TArguments> =>
        Register(method, CallOrigin.Schedule, parser, rule);

    /// <summary>Registers a method that only the genesis calls.</summary>
    protected void OnGenesis<TArguments>(string method, MessageParser<TArguments> parser, Func<CallContext, TArguments, Outcome> rule)
        where TArguments : IMessage<TArguments> =>
        Register(method, CallOrigin.Genesis, parser, rule);

    /// <summary>Has a method of this contract called in the first block at or after a time.</summary>
    protected void Schedule(CallContext context, Instant at, string method, IMessage arguments) =>
        SystemTables.Schedule(context, at, Name, method, arguments);

    private void Register<TArguments>(
        string method, CallOrigin origin, MessageParser<TArguments> parser, Func<CallContext, TArguments, Outcome> rule)
        where TArguments : IMessage<TArguments> =>
        methods.Add(method, new ContractMethod(origin, (context, bytes) => rule(context, WireMessage.Decode(parser, bytes.Span))));
}

/// <summary>A registered method: who may call it, and its rule on encoded arguments.</summary>
internal sealed record ContractMethod(CallOrigin Origin, Func<CallContext, ReadOnlyMemory<byte>, Outcome> Invoke);
