using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.People;

public class ErasureTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Erasing_leaves_an_address_on_the_ledger_and_nothing_that_names_anybody(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser browser, _, string person) = await rig.JoinByPasswordAsync("ana.silva@example.org", "kettle orbit lemon stair", Roles.Member);
        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana Silva" })).Is(200);
        using var device = new SoftwareAuthenticator { Origin = browser.Origin! };
        (await browser.PostAsync("account/passkeys", new { credential = device.Create((await browser.PostAsync("account/passkeys/options")).Json), name = "Ana's phone" })).Is(201);
        using SigningKey key = SigningKey.FromSeed("ana");
        rig.People.BindKey(person, key.Address.ToString(), key.PublicKey.ToString(), new BillingMonth(2026, 1));
        rig.Numbers.Members[key.Address] = 4;

        (await browser.DeleteAsync("account")).Is(204);

        Assert.False(await SessionTests.IsSignedInAsync(browser));
        Assert.Equal([(person, key.Address, 4)], rig.Forgetful.Erased);
        using Browser again = rig.Browser();
        (await PasskeyTests.SignInAsync(again, device)).Is(401);
        string everything = rig.Everything();
        Assert.Contains(key.Address.ToString(), everything, StringComparison.Ordinal);
        foreach (string trace in (string[])["Ana", "Silva", "ana.silva", "example.org", device.CredentialId])
        {
            Assert.DoesNotContain(trace, everything, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Who_comes_back_with_his_key_has_his_months_as_they_were_billed(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (_, string before) = rig.SignedIn(Roles.Member);
        (_, string after) = rig.SignedIn(Roles.Member);
        using SigningKey key = SigningKey.FromSeed("ana");
        Assert.True(Binds(before, 2026, 1));
        rig.People.Change(before, name: null, language: null, "Europe/Lisbon", new BillingMonth(2026, 2));
        (await manager.PostAsync($"people/{before}/erase")).Is(204);

        rig.People.Change(after, name: null, language: null, "Europe/Paris", new BillingMonth(2026, 3));
        rig.People.Change(after, name: null, language: null, "Pacific/Auckland", new BillingMonth(2026, 4));
        Assert.True(Binds(after, 2026, 6));
        Assert.True(Binds(after, 2026, 9));

        Assert.Equal([(new BillingMonth(2026, 2).Number, "Europe/Lisbon"), (new BillingMonth(2026, 6).Number, "Pacific/Auckland")], rig.People.Zones().Select(zone => ((int)zone.FromMonth, zone.Zone)));

        bool Binds(string person, int year, int month) => rig.People.BindKey(person, key.Address.ToString(), key.PublicKey.ToString(), new BillingMonth(year, month));
    }

    [Fact]
    public async Task After_erasing_a_name_is_not_in_the_files_of_the_embedded_database_either()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, _, _) = await rig.JoinByPasswordAsync("ana.silva@example.org", "kettle orbit lemon stair", Roles.Member);
        Assert.Contains("ana.silva", FilesOf(rig), StringComparison.Ordinal);

        (await browser.DeleteAsync("account")).Is(204);

        Assert.DoesNotContain("ana.silva", FilesOf(rig), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manager_erases_on_request_and_another_member_cannot()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (Browser member, string id) = rig.SignedIn(Roles.Member);
        (Browser other, _) = rig.SignedIn(Roles.Member);
        (await other.PostAsync($"people/{id}/erase")).Is(403, "wrong-role");

        (await manager.PostAsync($"people/{id}/erase")).Is(204);

        Assert.False(await SessionTests.IsSignedInAsync(member));
        (await manager.PostAsync($"people/{id}/erase")).Is(404);
        Assert.DoesNotContain(id, (await manager.GetAsync("people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_fault_cut_off_is_erased_at_the_next_start()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, string id) = rig.SignedIn(Roles.Member);
        rig.Forgetful.Fails = true;
        (await browser.DeleteAsync("account")).Is(500);
        Assert.False(await SessionTests.IsSignedInAsync(browser));
        Assert.Empty(rig.Forgetful.Erased);

        rig.Forgetful.Fails = false;
        await rig.RestartAsync();

        Assert.Equal([id], rig.Forgetful.Erased.Select(erased => erased.PersonId));
        await rig.RestartAsync();
        Assert.Single(rig.Forgetful.Erased);
    }

    [Fact]
    public async Task Security_events_are_noted_without_secrets()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, string managerId) = rig.SignedIn(Roles.Manager);
        string link = (await manager.PostAsync("invitations", new { name = "Bela", roles = (string[])["member"] })).Json.GetProperty("link").GetString()!;
        (_, string secret, string person) = await rig.JoinByPasswordAsync("ana@example.org", "kettle orbit lemon stair", Roles.Member);
        using Browser browser = rig.Browser();
        (await browser.PostAsync("session/password", new { email = "ana@example.org", password = "wrong password", code = "123456" })).Is(401);
        (await manager.SendAsync(HttpMethod.Put, $"people/{person}/roles", new { roles = (string[])["member", "auditor"] })).Is(200);
        (await manager.PostAsync($"people/{person}/erase")).Is(204);

        IReadOnlyList<SecurityEvent> events = rig.Services.GetRequiredService<SecurityLog>().Newest(100);

        foreach (string kind in (string[])["invitation-made", "invitation-accepted", "signed-in", "sign-in-failed", "roles-changed", "erased"])
        {
            Assert.Contains(events, one => one.Kind == kind);
        }

        Assert.Contains(events, one => one.Kind == "erased" && one.Person == person && one.Actor == managerId);
        string all = string.Join('\n', events.Select(one => $"{one.Person} {one.Actor} {one.Detail}"));
        foreach (string trace in (string[])[link.Split('/')[^1], secret, "wrong password", "kettle", "ana@", "Bela", browser.Cookie ?? "no cookie"])
        {
            Assert.DoesNotContain(trace, all, StringComparison.Ordinal);
        }
    }

    private static string FilesOf(PeopleRig rig) =>
        string.Concat(Directory.GetFiles(Path.GetDirectoryName(rig.Tables.Place)!, $"{Path.GetFileName(rig.Tables.Place)}*").Select(file =>
        {
            // The node holds them open.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }));

    [Fact]
    public async Task What_has_ended_is_thrown_away()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        rig.SignedIn(Roles.Manager);
        rig.Token(Scopes.WriteReadings);
        using Browser browser = rig.Browser();
        (await browser.PostAsync("session/passkey/options")).Is(200);
        (await browser.PostAsync("session/password")).Is(401);
        rig.Invite(Roles.Member);
        rig.Clock.Advance(TimeSpan.FromDays(500));

        new PeopleUpkeep(rig.Tables, rig.Clock).ThrowAway();

        foreach (string table in (string[])["sessions", "client_tokens", "ceremonies", "attempts", "invitations", "security_events"])
        {
            Assert.Empty(rig.Rows(table));
        }
    }

    [Fact]
    public async Task The_keys_of_secrets_are_for_the_nodes_user_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Rights are other things there.");
            return;
        }

        await using PeopleRig rig = await PeopleRig.StartAsync();
        await rig.JoinByPasswordAsync("ana@example.org", "kettle orbit lemon stair", Roles.Member);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(rig.KeyFolder));
        Assert.NotEmpty(Directory.GetFiles(rig.KeyFolder, "key-*.xml"));
        foreach (string file in Directory.GetFiles(rig.KeyFolder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
