using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Blocks;

/// <summary>What a ledger starts with: its name, its first validators, its rules and the calls that set it up.</summary>
public sealed class LedgerGenesis
{
    private readonly Genesis message;

    private LedgerGenesis(Genesis message, byte[] bytes)
    {
        this.message = message;
        Bytes = bytes;
        Id = IdOf(bytes);
        Time = WireTime.Read(message.TimeMs, "The time of a genesis");
        Validators = ReadValidators(message);
    }

    /// <summary>The encoded <c>Genesis</c> message: the content of block 0.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The ledger's id: SHA-256 over <c>commonwatt/genesis/1</c> and the bytes.</summary>
    public Hash Id { get; }

    /// <summary>The name people know it by.</summary>
    public string Name => message.Name;

    /// <summary>The time of block 0.</summary>
    public Instant Time { get; }

    /// <summary>The validators it starts with.</summary>
    public ValidatorSet Validators { get; }

    /// <summary>The version of the contracts it starts with.</summary>
    public uint Rules => message.Rules;

    /// <summary>Whether transactions are signed. A ledger of a simulation may do without, and says so here.</summary>
    public bool HasSignatures => !message.WithoutSignatures;

    /// <summary>The calls executed at height 0.</summary>
    public IReadOnlyList<Call> Calls => message.Calls;

    /// <summary>The id of the ledger that starts with these bytes, whether or not they are a genesis.</summary>
    internal static Hash IdOf(ReadOnlySpan<byte> bytes) => Hash.Of("commonwatt/genesis/1", bytes);

    /// <summary>Makes a genesis.</summary>
    /// <param name="name">The name people know the ledger by; not empty.</param>
    /// <param name="time">The time of block 0, not before 1970.</param>
    /// <param name="validators">The first validators.</param>
    /// <param name="rules">The version of the contracts.</param>
    /// <param name="calls">What sets the ledger up.</param>
    /// <param name="hasSignatures">False for a simulation that skips signing and verifying.</param>
    /// <exception cref="MalformedBytesException">A value is out of its range.</exception>
    public static LedgerGenesis Create(
        string name, Instant time, ValidatorSet validators, uint rules, IEnumerable<Call> calls, bool hasSignatures = true)
    {
        ArgumentNullException.ThrowIfNull(validators);
        var made = new Genesis
        {
            Name = name,
            TimeMs = WireTime.Write(time, "The time of a genesis"),
            Rules = rules,
            WithoutSignatures = !hasSignatures,
        };
        made.Calls.AddRange(calls);
        made.Validators.AddRange(validators.Members.Select(member => new Validator
        {
            PublicKey = ByteString.CopyFrom(member.Key.Compressed),
            Power = member.Power,
        }));
        return Decode(made.ToByteArray());
    }

    /// <summary>Reads a genesis.</summary>
    /// <exception cref="MalformedBytesException">The bytes are not a genesis in its one encoding, or a value is out of its range.</exception>
    public static LedgerGenesis Decode(ReadOnlySpan<byte> bytes)
    {
        Genesis read = WireMessage.Decode(Genesis.Parser, bytes);
        if (read.Name.Length == 0)
        {
            throw new MalformedBytesException("A genesis has a name.");
        }

        return new LedgerGenesis(read, bytes.ToArray());
    }

    private static ValidatorSet ReadValidators(Genesis genesis)
    {
        try
        {
            return new ValidatorSet(genesis.Validators.Select(one => new ValidatorMember(PublicKey.FromCompressed(one.PublicKey.Span), one.Power)));
        }
        catch (ArgumentException exception)
        {
            throw new MalformedBytesException(exception.Message, exception);
        }
    }
}
