using System.CommandLine;
using System.Text;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Founding;
using Commonwatt.Node.Orders;
using NodaTime;

namespace Commonwatt.Node.Commands;

/// <summary><c>found --name NAME --out DIR</c>: founds a community that <c>node</c> then runs.</summary>
internal static class FoundCommand
{
    private const int PriceDecimals = 6;
    private const int MostLetters = 80;

    private static readonly Option<string> Name = new("--name") { Description = "The community's name", Required = true, HelpName = "NAME" };

    private static readonly Option<string> Out = new("--out") { Description = "The new folder for its keys, ledger and tables", Required = true, HelpName = "DIR" };

    private static readonly Option<string?> Zone = new("--time-zone") { Description = "Its time zone [default: Europe/Lisbon]", HelpName = "NAME" };

    private static readonly Option<string?> Currency = new("--currency") { Description = "Its currency's three letters [default: EUR]", HelpName = "CODE" };

    private static readonly Option<string?> Listen = new("--listen") { Description = "Where its node listens [default: http://127.0.0.1:7100]", HelpName = "URL" };

    private static readonly Option<string?> Origin = new("--origin") { Description = "The address that people open its pages under [default: the node's, on this machine]", HelpName = "URL" };

    private static readonly Option<string?> Retail = Price("--retail", "What the utility asks for a kWh [default: 0.22]");

    private static readonly Option<string?> FeedIn = Price("--feed-in", "What the utility pays for a kWh [default: 0.05]");

    private static readonly Option<string?> GridFee = Price("--grid-fee", "What the grid operator gets for a kWh traded inside [default: 0.02]");

    public static Command Create()
    {
        Verb verb = new(
            "found",
            "Found a community: its keys, its ledger with the usual rules, and the configuration that 'node' runs it with.",
            "./commonwatt found --name \"Rua das Flores\" --out out/flores",
            "./commonwatt node --config out/flores/node.json")
        {
            Name, Out, Zone, Currency, Listen, Origin, Retail, FeedIn, GridFee,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var usual = new FoundingSettings { Name = parsed.GetRequiredValue(Name), Folder = parsed.GetRequiredValue(Out) };
        FoundingSettings settings = usual with
        {
            TimeZone = parsed.GetValue(Zone) ?? usual.TimeZone,
            Currency = parsed.GetValue(Currency) ?? usual.Currency,
            Listen = parsed.GetValue(Listen) ?? usual.Listen,
            Origin = parsed.GetValue(Origin),
            Retail = ReadPrice(parsed, Retail, usual.Retail),
            FeedIn = ReadPrice(parsed, FeedIn, usual.FeedIn),
            LocalGridFee = ReadPrice(parsed, GridFee, usual.LocalGridFee),
        };
        Check(settings);
        CommunityFolder folder = new CommunityFounder(settings, TimeProvider.System).Found();

        // Reading it shows at once whether what was given for it is right.
        ConfigurationFile.Read(folder.Configuration);
        parsed.InvocationConfiguration.Output.WriteLine($"""
            Founded '{settings.Name}' in {settings.Folder}. Its market opens with the next hours.

            Start it:
              ./commonwatt node --config {Path.Combine(settings.Folder, "node.json")}
            The first start prints a link: whoever opens it becomes the manager. Keep {Path.Combine(settings.Folder, "keys")} to yourself, and a copy elsewhere.
            """);
        return ExitCode.Done;
    }

    // What would only show at the first start, with keys and a ledger made by then, is said first.
    private static void Check(FoundingSettings settings)
    {
        if (settings.Name.Trim().Length is 0 or > MostLetters)
        {
            throw new InvalidDataException($"--name: a community's name has 1 to {MostLetters} letters.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.TimeZone) is null)
        {
            throw new InvalidDataException($"--time-zone: '{settings.TimeZone}' is no IANA time zone; give one such as 'Europe/Lisbon'.");
        }

        if (settings.Currency.Length != 3 || !settings.Currency.All(char.IsAsciiLetterUpper))
        {
            throw new InvalidDataException($"--currency: '{settings.Currency}' is no currency; give its three capital letters, such as 'EUR'.");
        }
    }

    private static Price ReadPrice(ParseResult parsed, Option<string?> option, Price usual)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return usual;
        }

        return DecimalField.Read(Encoding.UTF8.GetBytes(text), PriceDecimals, out long price) == DecimalFault.None && price >= 0
            ? new Price(price)
            : throw new InvalidDataException($"{option.Name}: '{text}' is no price of a kWh; give 0 or more with at most {PriceDecimals} decimals, such as 0.22.");
    }

    private static Option<string?> Price(string name, string description) => new(name) { Description = description, HelpName = "PRICE" };
}
