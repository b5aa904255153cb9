using System.Text.Json.Nodes;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.People;

public class PasskeyTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Somebody_who_was_invited_makes_a_passkey_and_signs_in_with_it_elsewhere(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser first, SoftwareAuthenticator device, string person) = await rig.JoinByPasskeyAsync(Roles.Member);
        using Browser second = rig.Browser();

        Answer answer = (await SignInAsync(second, device)).Is(200);

        Assert.Equal(person, answer.Json.GetProperty("person").GetProperty("id").GetString());
        Assert.Equal("Ana", answer.Json.GetProperty("person").GetProperty("name").GetString());
        Assert.Equal(["member"], answer.Json.GetProperty("person").GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.True(answer.Json.GetProperty("person").GetProperty("hasPasskey").GetBoolean());
        Assert.False(answer.Json.GetProperty("person").GetProperty("hasPassword").GetBoolean());
        Assert.True((await second.GetAsync("session")).Json.GetProperty("signedIn").GetBoolean());
        Assert.Equal(2, (await first.GetAsync("session/all")).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_signed_somebody_in_does_not_serve_again(bool counts)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, SoftwareAuthenticator device, _) = await rig.JoinByPasskeyAsync(Roles.Member);
        device.Counts = counts;
        using Browser browser = rig.Browser();
        JsonNode credential = device.Get((await browser.PostAsync("session/passkey/options")).Json);
        (await browser.PostAsync("session/passkey", new { credential })).Is(200);

        using Browser thief = rig.Browser();
        (await thief.PostAsync("session/passkey", new { credential })).Is(401, "wrong-passkey");
    }

    [Fact]
    public async Task An_answer_must_come_within_five_minutes()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, SoftwareAuthenticator device, _) = await rig.JoinByPasskeyAsync(Roles.Member);
        using Browser browser = rig.Browser();
        JsonNode credential = device.Get((await browser.PostAsync("session/passkey/options")).Json);

        rig.Clock.Advance(TimeSpan.FromMinutes(5.1));

        (await browser.PostAsync("session/passkey", new { credential })).Is(401, "wrong-passkey");
    }

    [Fact]
    public async Task A_passkey_used_on_another_site_or_without_its_owner_opens_nothing()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, SoftwareAuthenticator device, _) = await rig.JoinByPasskeyAsync(Roles.Member);
        using Browser browser = rig.Browser();
        string own = device.Origin;

        foreach (string origin in (string[])["https://evil.example", "http://localhost:1", "http://localhost", "null", ""])
        {
            device.Origin = origin;
            (await SignInAsync(browser, device)).Is(401);
        }

        device.Origin = own;
        device.RelyingParty = "evil.example";
        (await SignInAsync(browser, device)).Is(401);
        device.RelyingParty = "localhost";
        device.Flags = 0x01;
        (await SignInAsync(browser, device)).Is(401);
        device.Flags = 0x05;
        (await SignInAsync(browser, device)).Is(200);
    }

    [Fact]
    public async Task A_passkey_that_was_removed_or_never_added_opens_nothing()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, SoftwareAuthenticator first, _) = await rig.JoinByPasskeyAsync(Roles.Member);
        using var second = new SoftwareAuthenticator { Origin = browser.Origin! };
        (await browser.DeleteAsync($"account/passkeys/{first.CredentialId}")).Is(409, "last-credential");
        (await browser.PostAsync("account/passkeys", new { credential = second.Create((await browser.PostAsync("account/passkeys/options")).Json), name = "Phone" })).Is(201);
        using Browser other = rig.Browser();
        (await SignInAsync(other, second)).Is(200);

        (await browser.DeleteAsync($"account/passkeys/{first.CredentialId}")).Is(204);

        (await SignInAsync(other, first)).Is(401);
        Assert.Equal("Phone", (await browser.GetAsync("account/passkeys")).Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.False((await other.GetAsync("session")).Json.GetProperty("signedIn").GetBoolean());
        using var stranger = new SoftwareAuthenticator { Origin = browser.Origin! };
        (await SignInAsync(other, stranger)).Is(401);
    }

    [Fact]
    public async Task A_passkey_asked_for_in_one_session_is_not_added_in_another()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser ana, string _) = rig.SignedIn(Roles.Member);
        (Browser thief, string _) = rig.SignedIn(Roles.Member);
        using var device = new SoftwareAuthenticator { Origin = ana.Origin! };
        JsonNode credential = device.Create((await ana.PostAsync("account/passkeys/options")).Is(200).Json);

        (await thief.PostAsync("account/passkeys", new { credential })).Is(400);
        (await ana.PostAsync("account/passkeys", new { credential })).Is(201);
        (await ana.PostAsync("account/passkeys", new { credential })).Is(400);
    }

    [Fact]
    public async Task Malformed_answers_are_refused_and_do_no_harm()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using Browser browser = rig.Browser();

        foreach (object? credential in (object?[])[null, 1, "x", new { }, new { response = 1 }, new { response = new { clientDataJSON = "%%" } }, new { response = new { clientDataJSON = "e30" } }, Array.Empty<int>()])
        {
            Assert.InRange((await browser.PostAsync("session/passkey", new { credential })).Status, 400, 401);
        }
    }

    [Fact]
    public async Task A_new_passkey_and_a_new_password_are_asked_for_only_shortly_after_signing_in()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, SoftwareAuthenticator device, _) = await rig.JoinByPasskeyAsync(Roles.Member);

        rig.Clock.Advance(TimeSpan.FromMinutes(16));

        (await browser.PostAsync("account/passkeys/options")).Is(403, "sign-in-again");
        (await browser.PostAsync("account/password", new { email = "a@example.org", password = "four odd words here", code = "000000" })).Is(403, "sign-in-again");
        (await browser.DeleteAsync("account")).Is(403, "sign-in-again");
        (await browser.DeleteAsync($"account/passkeys/{device.CredentialId}")).Is(403, "sign-in-again");
        (await SignInAsync(browser, device)).Is(200);
        (await browser.PostAsync("account/passkeys/options")).Is(200);
    }

    internal static async Task<Answer> SignInAsync(Browser browser, SoftwareAuthenticator device) =>
        await browser.PostAsync("session/passkey", new { credential = device.Get((await browser.PostAsync("session/passkey/options")).Is(200).Json) });
}
