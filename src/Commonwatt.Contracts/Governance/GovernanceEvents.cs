using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Governance;

/// <summary>A role was granted or revoked.</summary>
/// <param name="Grant">Who and which role.</param>
/// <param name="Holds">Whether he holds it now.</param>
public readonly record struct RoleChanged(RoleGrant Grant, bool Holds) : IEvent<RoleChanged>
{
    /// <inheritdoc/>
    public static string Name => "governance.role-changed";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Grant.Write(ref writer);
        writer.Boolean(Holds);
    }

    /// <inheritdoc/>
    public static RoleChanged Read(ref CanonicalReader reader) => new(RoleGrant.Read(ref reader), reader.Boolean());
}

/// <summary>The community trades by other rules from some time on.</summary>
/// <param name="From">For deliveries from then on.</param>
/// <param name="Parameters">The rules.</param>
public sealed record ParametersChanged(Instant From, MarketParameters Parameters) : IEvent<ParametersChanged>
{
    /// <inheritdoc/>
    public static string Name => "governance.parameters-changed";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(From);
        Parameters.Write(ref writer);
    }

    /// <inheritdoc/>
    public static ParametersChanged Read(ref CanonicalReader reader) => new(reader.Instant(), MarketParameters.Read(ref reader));
}

/// <summary>The utility charges and pays other prices from some time on.</summary>
/// <param name="From">From then on.</param>
/// <param name="Rates">The prices.</param>
public readonly record struct TariffChanged(Instant From, TariffRates Rates) : IEvent<TariffChanged>
{
    /// <inheritdoc/>
    public static string Name => "governance.tariff-changed";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(From);
        Rates.Write(ref writer);
    }

    /// <inheritdoc/>
    public static TariffChanged Read(ref CanonicalReader reader) => new(reader.Instant(), TariffRates.Read(ref reader));
}

/// <summary>A validator signed two headers of one height, and lost its power for good.</summary>
/// <param name="Validator">Who.</param>
/// <param name="Height">The height of both headers.</param>
/// <param name="First">The lesser of their hashes.</param>
/// <param name="Second">The other one.</param>
public readonly record struct ValidatorStruck(Address Validator, ulong Height, Hash First, Hash Second) : IEvent<ValidatorStruck>
{
    /// <inheritdoc/>
    public static string Name => "governance.validator-struck";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Validator.Write(ref writer);
        writer.UInt64(Height);
        First.Write(ref writer);
        Second.Write(ref writer);
    }

    /// <inheritdoc/>
    public static ValidatorStruck Read(ref CanonicalReader reader) =>
        new(Address.Read(ref reader), reader.UInt64(), Hash.Read(ref reader), Hash.Read(ref reader));
}
