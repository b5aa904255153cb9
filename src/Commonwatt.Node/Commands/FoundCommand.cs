using System.CommandLine;
using System.Text;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Keys;
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

    private static readonly Option<string?> Period = new("--period") { Description = "The length of a period: PT15M, PT30M or PT1H [default: PT1H]", HelpName = "LENGTH" };

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
            Name, Out, Zone, Currency, Listen, Origin, Period, Retail, FeedIn, GridFee,
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
            Period = ReadPeriod(parsed, usual.Period),
            Retail = ReadPrice(parsed, Retail, usual.Retail),
            FeedIn = ReadPrice(parsed, FeedIn, usual.FeedIn),
            LocalGridFee = ReadPrice(parsed, GridFee, usual.LocalGridFee),
        };
        Check(settings);
        OwnersFiles.FromNowOn();
        CommunityFolder folder = new CommunityFounder(settings, TimeProvider.System).Found();
        NodeConfiguration read = ConfigurationFile.Read(folder.Configuration);
        parsed.InvocationConfiguration.Output.WriteLine($"""
            Founded '{settings.Name}' in {settings.Folder}. Its market opens with the next hours.

              gateway  {AddressIn(read.Community!.GatewayKey!)}  meters are registered with this address
              agent    {AddressIn(read.Community.AgentKey!)}  bids for members who give it a mandate
              pages    {read.Community.Origins[0].GetLeftPart(UriPartial.Authority)}/

            Start it:
              ./commonwatt node --config {Path.Combine(settings.Folder, "node.json")}
            The first start prints a link: whoever opens it becomes the manager. Keep {Path.Combine(settings.Folder, "keys")} to yourself, and a copy elsewhere.
            """);
        if (Doubt(settings) is { } doubt)
        {
            parsed.InvocationConfiguration.Error.WriteLine(doubt);
        }

        return ExitCode.Done;
    }

    // Whatever is wrong is said before anything is made.
    private static void Check(FoundingSettings settings)
    {
        if (settings.Name.Trim().Length is 0 or > MostLetters || settings.Name.Any(char.IsControl))
        {
            throw new InvalidDataException($"--name: a community's name has 1 to {MostLetters} letters, all on one line.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.TimeZone) is null)
        {
            throw new InvalidDataException($"--time-zone: '{settings.TimeZone}' is no IANA time zone; give one such as 'Europe/Lisbon'.");
        }

        if (settings.Currency.Length != 3 || !settings.Currency.All(char.IsAsciiLetterUpper))
        {
            throw new InvalidDataException($"--currency: '{settings.Currency}' is no currency; give its three capital letters, such as 'EUR'.");
        }

        if (ConfigurationFile.FaultOfListen(settings.Listen) is { } listen)
        {
            throw new InvalidDataException($"--listen: {listen}");
        }

        if (settings.Origin is { } origin && CommunityFields.FaultOfOrigin(origin) is { } fault)
        {
            throw new InvalidDataException($"--origin: {fault}");
        }

        if (settings.Retail < settings.FeedIn)
        {
            throw new InvalidDataException($"--retail: the utility asks {settings.Retail.ToDecimal()} for a kWh and pays {settings.FeedIn.ToDecimal()} (--feed-in): where it pays more than it asks, nobody gains by trading with neighbours. Give a retail price of at least the feed-in price.");
        }

        new CommunityFolder(settings.Folder).RequireEmpty();
    }

    // Right by itself, but nothing may answer there.
    private static string? Doubt(FoundingSettings settings)
    {
        if (settings.Origin is null)
        {
            return null;
        }

        var origin = new Uri(settings.Origin);
        var listen = new Uri(settings.Listen);
        string pages = origin.GetLeftPart(UriPartial.Authority);
        return origin.Scheme == Uri.UriSchemeHttps ? $"The node itself speaks http: put a proxy at {pages} that ends TLS and passes on to {settings.Listen}."
            : origin.Port != listen.Port ? $"--origin names the port {origin.Port}, and the node listens at {listen.Port} (--listen): unless a proxy passes on from {pages}, nothing answers there. For one machine, give both the same port, or leave --origin out."
            : null;
    }

    private static string AddressIn(string keyFile)
    {
        using SigningKey key = KeyFile.Read(keyFile);
        return key.Address.ToString();
    }

    private static TimeSpan ReadPeriod(ParseResult parsed, TimeSpan usual) => parsed.GetValue(Period) switch
    {
        null => usual,
        "PT15M" => TimeSpan.FromMinutes(15),
        "PT30M" => TimeSpan.FromMinutes(30),
        "PT1H" or "PT60M" => TimeSpan.FromHours(1),
        { } text => throw new InvalidDataException($"--period: '{text}' is no length of a period; give PT15M, PT30M or PT1H."),
    };

    private static Price ReadPrice(ParseResult parsed, Option<string?> option, Price usual)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return usual;
        }

        return DecimalField.Read(Encoding.UTF8.GetBytes(text), PriceDecimals, out long price) == DecimalFault.None && price >= 0 && new Price(price) <= CommunityLimits.HighestPrice
            ? new Price(price)
            : throw new InvalidDataException($"{option.Name}: '{text}' is no price of a kWh; give 0 to {CommunityLimits.HighestPrice.ToDecimal()} with at most {PriceDecimals} decimals, such as 0.22.");
    }

    private static Option<string?> Price(string name, string description) => new(name) { Description = description, HelpName = "PRICE" };
}
