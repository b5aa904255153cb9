using System.Globalization;
using System.Text.Json;
using Commonwatt.Contracts;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>The kinds of values that fields have. Each method gives null where the field is not given or is wrong, having noted what is wrong.</summary>
internal sealed partial class ObjectReader
{
    private delegate bool Parser<T>(ReadOnlySpan<char> text, out T value);

    /// <summary>A text that is not empty.</summary>
    public string? Text(string field, string right)
    {
        if (!TryGet(field, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
        {
            Refuse(field, $"{Found(value)} is not a text; give {right}.");
            return null;
        }

        return value.GetString();
    }

    /// <summary>A text that must be there.</summary>
    public string? RequiredText(string field, string right)
    {
        if (!Has(field))
        {
            RefuseMissing(field, right);
        }

        return Text(field, right);
    }

    /// <summary>One of some names, by its index.</summary>
    public int? Choice(string field, IReadOnlyList<string> names)
    {
        string all = string.Join(", ", names.Select(name => $"'{name}'"));
        if (Text(field, $"one of {all}") is not { } text)
        {
            return null;
        }

        for (int index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], text, StringComparison.Ordinal))
            {
                return index;
            }
        }

        string near = NearName.Of(text, names) is { } nearest ? $"did you mean '{nearest}'?" : $"give one of {all}.";
        Refuse(field, $"'{text}' is not known; {near}");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool? Flag(string field)
    {
        if (!TryGet(field, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(field, $"{Found(value)} is neither true nor false; give one of them.");
        return null;
    }

    /// <summary>A number in a range.</summary>
    public double? Number(string field, double least, double most, string right)
    {
        if (!TryGetNumber(field, right, out JsonElement value))
        {
            return null;
        }

        double number = value.GetDouble();
        if (number >= least && number <= most)
        {
            return number;
        }

        Refuse(field, $"{Found(value)} is outside {Plain(least)} to {Plain(most)}; give {right}.");
        return null;
    }

    /// <summary>A whole number in a range.</summary>
    public long? Whole(string field, long least, long most, string right)
    {
        if (!TryGetNumber(field, right, out JsonElement value))
        {
            return null;
        }

        if (!long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            Refuse(field, $"{Found(value)} is not a whole number; give {right}.");
            return null;
        }

        if (number >= least && number <= most)
        {
            return number;
        }

        Refuse(field, $"{Found(value)} is outside {least} to {most}; give {right}.");
        return null;
    }

    /// <summary>A price in currency per kWh.</summary>
    public Price? Price(string field, string right) => BoundedPrice(field, right, out _);

    /// <summary>A price in currency per kWh, zero or more.</summary>
    public Price? PriceFromZero(string field, string right) => FromZero(field, right, BoundedPrice(field, right, out string found), found, price => price.IsNegative);

    /// <summary>An amount of money, zero or more.</summary>
    public Money? MoneyFromZero(string field, string right) => FromZero(field, right, Decimal<Money>(field, right, 6, Money.TryParse, out string found), found, money => money.IsNegative);

    /// <summary>An energy in kWh, more than zero.</summary>
    public Energy? Energy(string field, string right) => AboveZero(field, right, Decimal<Energy>(field, right, 3, Commonwatt.Energy.TryParse, out string found), found, energy => energy.WattHours);

    /// <summary>A power in kW, more than zero.</summary>
    public Power? Power(string field, string right) => AboveZero(field, right, Decimal<Power>(field, right, 3, Commonwatt.Power.TryParse, out string found), found, power => power.Watts);

    private static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private bool TryGetNumber(string field, string right, out JsonElement value)
    {
        if (!TryGet(field, out value))
        {
            return false;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return true;
        }

        Refuse(field, $"{Found(value)} is not a number; give {right}.");
        return false;
    }

    // The digits as written become whole small units: no binary fraction comes between.
    private T? Decimal<T>(string field, string right, int decimals, Parser<T> parse, out string found)
        where T : struct
    {
        found = "";
        if (!TryGetNumber(field, right, out JsonElement value))
        {
            return null;
        }

        found = Found(value);
        if (parse(value.GetRawText(), out T number))
        {
            return number;
        }

        Refuse(field, $"{found} is not a plain decimal with at most {decimals} places; give {right}.");
        return null;
    }

    private Price? BoundedPrice(string field, string right, out string found)
    {
        Price? price = Decimal<Price>(field, right, 6, Commonwatt.Price.TryParse, out found);
        if (price is { } read && (read > CommunityLimits.HighestPrice || read < -CommunityLimits.HighestPrice))
        {
            Refuse(field, $"{found} is beyond the {CommunityLimits.HighestPrice.MicrosPerKilowattHour / 1_000_000} a kWh that a ledger takes; give {right}.");
            return null;
        }

        return price;
    }

    private T? FromZero<T>(string field, string right, T? number, string found, Func<T, bool> isNegative)
        where T : struct
    {
        if (number is { } value && isNegative(value))
        {
            Refuse(field, $"{found} is below zero; give {right}.");
            return null;
        }

        return number;
    }

    // A quantity beyond a billion of its small unit is a slip, and would not fit the arrays of a simulation.
    private T? AboveZero<T>(string field, string right, T? number, string found, Func<T, long> units)
        where T : struct
    {
        if (number is { } value && units(value) is <= 0 or > 1_000_000_000)
        {
            Refuse(field, $"{found} is not between 0 and 1000000; give {right}.");
            return null;
        }

        return number;
    }
}
