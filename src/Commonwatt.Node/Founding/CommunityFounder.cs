using System.Text.Json;
using System.Text.Json.Serialization;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Ledger.Wire;
using Commonwatt.Node.Configuration;
using Google.Protobuf;
using NodaTime;

namespace Commonwatt.Node.Founding;

/// <summary>Founds a community: keys, ledger, the usual rules, a market that starts with the next hours, and the configuration of its node.</summary>
/// <param name="settings">What it is founded with.</param>
/// <param name="clock">The clock.</param>
internal sealed class CommunityFounder(FoundingSettings settings, TimeProvider clock)
{
    private const int YearsOfInvoices = 10;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan ListingLead = TimeSpan.FromHours(24);
    private static readonly TimeSpan GateLead = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ReadingDeadline = TimeSpan.FromHours(6);
    private static readonly TimeSpan CorrectionWindow = TimeSpan.FromDays(60);
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Founds it in its folder.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="InvalidDataException">The folder is not empty.</exception>
    public CommunityFolder Found()
    {
        var folder = new CommunityFolder(settings.Folder);
        folder.RequireEmpty();
        bool isNew = !Directory.Exists(folder.Path);

        // Of two that found here at once, one gets the folder, and the other touches nothing in it.
        using FolderLock claim = FolderLock.Take(folder.Path, "another founding");
        if (Directory.EnumerateFileSystemEntries(folder.Path).Any(path => !FolderLock.IsOf(path)))
        {
            throw new InvalidDataException($"'{folder.Path}' is not empty any more: name a new folder.");
        }

        try
        {
            CommunityFolder founded = FoundIn(folder);
            FolderLock.Clear(folder.Path);
            return founded;
        }
        catch
        {
            // Half a community is none, and would keep the next try from the folder.
            Discard(folder, isNew);
            throw;
        }
    }

    private static void Discard(CommunityFolder folder, bool isNew)
    {
        try
        {
            foreach (string part in Directory.EnumerateDirectories(folder.Path))
            {
                Directory.Delete(part, recursive: true);
            }

            foreach (string file in Directory.EnumerateFiles(folder.Path))
            {
                File.Delete(file);
            }

            if (isNew)
            {
                Directory.Delete(folder.Path);
            }
        }
        catch (Exception further) when (further is IOException or UnauthorizedAccessException)
        {
            // What went wrong first is what whoever founds has to know.
        }
    }

    private CommunityFolder FoundIn(CommunityFolder folder)
    {
        Directory.CreateDirectory(folder.Keys);
        using SigningKey manager = KeyFile.Make(folder.Key("manager"));
        using SigningKey validator = KeyFile.Make(folder.Key("validator"));
        KeyFile.Make(folder.Key("gateway")).Dispose();
        KeyFile.Make(folder.Key("agent")).Dispose();
        var now = Commonwatt.Instant.From(clock.GetUtcNow());
        var genesis = LedgerGenesis.Create(
            settings.Name,
            now,
            new ValidatorSet([new ValidatorMember(validator.PublicKey, Power: 1)]),
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = ByteString.CopyFrom(manager.Address.ToArray()) })]);
        MakeLedger(folder, genesis, validator, new TransactionBuilder(genesis.Id, manager).Build(now, [.. Calls(now)]));
        File.WriteAllText(folder.Configuration, Configuration());

        // The genesis comes last: without it, nothing was founded.
        File.WriteAllBytes(folder.Genesis, genesis.Bytes.ToArray());
        return folder;
    }

    private void MakeLedger(CommunityFolder folder, LedgerGenesis genesis, SigningKey validator, SignedTransaction founding)
    {
        Outcome? inBlock = null;
        using LedgerNode node = LedgerNode.Open(new NodeSettings
        {
            Genesis = genesis,
            Catalog = CommunityRules.Catalog,
            Key = validator,
            Disk = new FolderDisk(folder.Data),
            Orderer = new MemoryOrderer(),
            Clock = clock,
            OnFinal = block => inBlock = block.Executed.Receipts.Select(receipt => receipt.Outcome).FirstOrDefault(outcome => !outcome.IsDone) ?? inBlock,
        });
        Outcome taken = node.Submit([founding])[0];
        while (node.Propose())
        {
            node.Advance();
        }

        node.Drain();
        if ((taken.IsDone ? inBlock : taken) is { IsDone: false } refused)
        {
            throw new InvalidDataException($"The ledger does not take the community's founding: {refused.Sentence}");
        }
    }

    private IEnumerable<Call> Calls(Commonwatt.Instant now)
    {
        Commonwatt.Instant thisHour = DeliveryPeriod.Containing(now, Hour).Start;
        Commonwatt.Instant first = thisHour + (2 * Hour);
        yield return TransactionBuilder.Call("governance", "set-parameters", new SetParameters
        {
            FromMs = thisHour.UnixMilliseconds,
            PeriodMinutes = (uint)settings.Period.TotalMinutes,
            ListingLeadMs = (long)ListingLead.TotalMilliseconds,
            GateLeadMs = (long)GateLead.TotalMilliseconds,
            ReadingDeadlineMs = (long)ReadingDeadline.TotalMilliseconds,
            CorrectionWindowMs = (long)CorrectionWindow.TotalMilliseconds,
            Mechanism = "pay-as-clear",
            RationsProRata = true,
            Imbalance = Imbalance.Pooled,
            LocalGridFee = settings.LocalGridFee.MicrosPerKilowattHour,
            SharingKey = "dynamic",
        });
        yield return TransactionBuilder.Call("governance", "set-tariffs", new SetTariffs
        {
            Changes = { new TariffChange { FromMs = thisHour.UnixMilliseconds, Retail = settings.Retail.MicrosPerKilowattHour, FeedIn = settings.FeedIn.MicrosPerKilowattHour } },
        });
        var boundaries = new SetInvoiceBoundaries();
        boundaries.AtMs.AddRange(MonthStarts(now));
        yield return TransactionBuilder.Call("market", "set-invoice-boundaries", boundaries);
        yield return TransactionBuilder.Call("market", "start", new StartMarket { FirstDeliveryMs = first.UnixMilliseconds });
    }

    private IEnumerable<long> MonthStarts(Commonwatt.Instant now)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[settings.TimeZone];
        LocalDate month = NodaTime.Instant.FromUnixTimeMilliseconds(now.UnixMilliseconds).InZone(zone).Date.With(DateAdjusters.StartOfMonth);
        return Enumerable.Range(1, 12 * YearsOfInvoices).Select(months => zone.AtStartOfDay(month.PlusMonths(months)).ToInstant().ToUnixTimeMilliseconds());
    }

    private string Configuration() => JsonSerializer.Serialize(
        new
        {
            folder = "data",
            genesis = "community.genesis",
            key = "keys/validator.pem",
            listen = settings.Listen,
            order = new { kind = "local" },
            community = new
            {
                timeZone = settings.TimeZone,
                currency = settings.Currency,
                origins = settings.Origin is { } origin ? new[] { origin } : null,
                gatewayKey = "keys/gateway.pem",
                agentKey = "keys/agent.pem",
                bootstrapKey = "keys/manager.pem",
            },
        },
        Format);
}
