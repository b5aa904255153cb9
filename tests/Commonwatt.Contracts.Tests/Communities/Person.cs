using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>Somebody with a key: the manager, the DSO, a gateway, a meter, a stranger.</summary>
internal class Person(TestCommunity community, string name)
{
    private readonly TransactionBuilder builder = community.BuilderOf(name);

    public Address Address => builder.Sender;

    public ByteString Bytes => ByteString.CopyFrom(Address.ToArray());

    protected TestCommunity Community => community;

    protected string Name => name;

    /// <summary>One transaction of one call, in a block of its own.</summary>
    public Reply Calls(string contract, string method, IMessage arguments) => Calls(TransactionBuilder.Call(contract, method, arguments));

    public Reply Calls(params Call[] calls) => community.Execute(builder.Build(community.Now, calls));
}

/// <summary>A member, who trades in the period that the community looks at, and whose gateway reports for his meter.</summary>
internal sealed class Member(TestCommunity community, string name) : Person(community, name)
{
    public Commonwatt.Markets.MemberId Id =>
        Community.Rules.Registry.TryFindMember(Community.State, Address, out Commonwatt.Markets.MemberId id, out _) ? id : default;

    public Commonwatt.Contracts.Registry.Member Registered =>
        Community.Rules.Registry.TryFindMember(Community.State, Address, out _, out Commonwatt.Contracts.Registry.Member member) ? member : throw new InvalidOperationException(Name);

    public Commonwatt.Contracts.Wallet.Account Account => Community.Rules.Wallet.AccountOf(Community.State, Address);

    public string Balance => Account.Balance.ToDecimal();

    public string Locked => Account.Locked.ToDecimal();

    public Person Meter => Community.Person($"{Name}-meter");

    public Reply Bids(decimal kWh, decimal price, uint label = 1) => Calls("market", "place", Order(OrderSide.Buy, kWh, price, label));

    public Reply Asks(decimal kWh, decimal price, uint label = 1) => Calls("market", "place", Order(OrderSide.Sell, kWh, price, label));

    public Reply Replaces(uint label, OrderSide side, decimal kWh, decimal price)
    {
        PlaceOrder order = Order(side, kWh, price, label);
        return Calls("market", "replace", new ReplaceOrder
        {
            DeliveryMs = order.DeliveryMs,
            Label = label,
            Side = side,
            QuantityWh = order.QuantityWh,
            LimitPrice = order.LimitPrice,
        });
    }

    public Reply Withdraws(uint label = 1) =>
        Calls("market", "withdraw", new WithdrawOrder { DeliveryMs = Community.Delivery.UnixMilliseconds, Label = label });

    /// <summary>The gateway reports this member's meter for the period that the community looks at.</summary>
    public Reply Reports(decimal import, decimal export = 0) => Community.Gateway.Calls("metering", "submit", Reading(import, export));

    public SubmitReadings Reading(decimal import, decimal export = 0, Instant? delivery = null) => new()
    {
        Readings =
        {
            new Reading
            {
                Meter = Meter.Bytes,
                DeliveryMs = (delivery ?? Community.Delivery).UnixMilliseconds,
                ImportWh = (long)(import * 1000),
                ExportWh = (long)(export * 1000),
                Commitment = ByteString.CopyFrom(new byte[32]),
            },
        },
    };

    private PlaceOrder Order(OrderSide side, decimal kWh, decimal price, uint label) => new()
    {
        DeliveryMs = Community.Delivery.UnixMilliseconds,
        Label = label,
        Side = side,
        QuantityWh = (long)(kWh * 1000),
        LimitPrice = (long)(price * 1_000_000),
    };
}
