using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>The arguments of calls for people and programs to read: each field by its name, addresses and times as they are printed.</summary>
internal static class CallFields
{
    private static readonly Dictionary<(string Contract, string Method), MessageParser> Parsers = new()
    {
        [("governance", "set-up")] = SetUp.Parser,
        [("governance", "grant-role")] = GrantRole.Parser,
        [("governance", "revoke-role")] = RevokeRole.Parser,
        [("governance", "set-parameters")] = SetParameters.Parser,
        [("governance", "set-tariffs")] = SetTariffs.Parser,
        [("governance", "set-validators")] = SetValidators.Parser,
        [("governance", "report-equivocation")] = ReportEquivocation.Parser,
        [("governance", "set-rules")] = SetRules.Parser,
        [("registry", "register-member")] = RegisterMember.Parser,
        [("registry", "suspend-member")] = SuspendMember.Parser,
        [("registry", "register-asset")] = RegisterAsset.Parser,
        [("registry", "remove-asset")] = RemoveAsset.Parser,
        [("registry", "register-meter")] = RegisterMeter.Parser,
        [("registry", "set-distance")] = SetDistance.Parser,
        [("wallet", "deposit")] = Deposit.Parser,
        [("wallet", "withdraw")] = Withdraw.Parser,
        [("wallet", "set-credit-line")] = SetCreditLine.Parser,
        [("wallet", "transfer")] = Transfer.Parser,
        [("staking", "set-terms")] = SetStakingTerms.Parser,
        [("staking", "switch-off")] = SwitchOffStaking.Parser,
        [("staking", "bond")] = BondStake.Parser,
        [("staking", "unbond")] = UnbondStake.Parser,
        [("metering", "submit")] = SubmitReadings.Parser,
        [("mandate", "grant")] = GrantMandate.Parser,
        [("mandate", "withdraw")] = WithdrawMandate.Parser,
        [("market", "start")] = StartMarket.Parser,
        [("market", "stop")] = StopMarket.Parser,
        [("market", "place")] = PlaceOrder.Parser,
        [("market", "replace")] = ReplaceOrder.Parser,
        [("market", "withdraw")] = WithdrawOrder.Parser,
        [("market", "set-network-limit")] = SetNetworkLimit.Parser,
        [("market", "correct")] = CorrectPeriod.Parser,
        [("market", "set-invoice-boundaries")] = SetInvoiceBoundaries.Parser,
    };

    // The other fields in milliseconds say how long something lasts.
    private static readonly HashSet<string> Times = ["delivery_ms", "from_ms", "first_delivery_ms", "last_delivery_ms", "due_ms", "at_ms", "until_ms"];

    /// <summary>The arguments by name, or null where this build does not know the method, or the arguments are none of it: then only their bytes can be shown.</summary>
    public static IReadOnlyDictionary<string, object?>? Of(Call call)
    {
        if (!Parsers.TryGetValue((call.Contract, call.Method), out MessageParser? parser))
        {
            return null;
        }

        try
        {
            return Of(parser.ParseFrom(call.Arguments));
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or MalformedBytesException)
        {
            return null;
        }
    }

    private static Dictionary<string, object?> Of(IMessage message)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object? value = field.Accessor.GetValue(message);
            bool isTime = Times.Contains(field.Name);
            string name = isTime ? field.JsonName[..^2] : field.JsonName;
            fields.Add(name, value is System.Collections.IEnumerable list and not string and not ByteString ? list.Cast<object?>().Select(one => Plain(one, field, isTime)).ToArray() : Plain(value, field, isTime));
        }

        return fields;
    }

    private static object? Plain(object? value, FieldDescriptor field, bool isTime) => value switch
    {
        IMessage message => Of(message),
        ByteString { Length: Address.Size } bytes => new Address(bytes.Span).ToString(),
        ByteString { IsEmpty: true } => null,
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        long milliseconds when isTime => new Instant(milliseconds).ToString(),
        Enum number => field.EnumType.FindValueByNumber(Convert.ToInt32(number))?.Name is { } name ? NameOf(name, field.EnumType.Name) : Convert.ToInt32(number),
        _ => value,
    };

    // ORDER_SIDE_BUY of OrderSide is "buy".
    private static string NameOf(string value, string type)
    {
        string prefix = string.Concat(type.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
        return value[(prefix.Length + 1)..].ToLowerInvariant();
    }
}
