using System.Data;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Dapper;

namespace Commonwatt.Node.Projections;

/// <summary>Lets queries have the ledger's own types: addresses, hashes and times, as parameters and in what they give.</summary>
internal static class LedgerTypes
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        SqlMapper.AddTypeHandler(new AddressHandler());
        SqlMapper.AddTypeHandler(new HashHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        return true;
    });

    /// <summary>Makes them known; to do so again changes nothing.</summary>
    public static void Register() => _ = Registered.Value;

    private sealed class AddressHandler : SqlMapper.TypeHandler<Address>
    {
        public override Address Parse(object value) => new((byte[])value);

        public override void SetValue(IDbDataParameter parameter, Address value)
        {
            parameter.DbType = DbType.Binary;
            parameter.Value = value.ToArray();
        }
    }

    private sealed class HashHandler : SqlMapper.TypeHandler<Hash>
    {
        public override Hash Parse(object value) => new((byte[])value);

        public override void SetValue(IDbDataParameter parameter, Hash value)
        {
            parameter.DbType = DbType.Binary;
            parameter.Value = value.ToArray();
        }
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => new((long)value);

        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.UnixMilliseconds;
        }
    }
}
