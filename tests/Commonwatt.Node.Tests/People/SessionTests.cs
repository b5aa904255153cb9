using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.People;

public class SessionTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_session_survives_a_restart(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser before, string person) = rig.SignedIn(Roles.Member);
        await rig.RestartAsync();
        using Browser after = rig.Browser();
        after.TakeCookie(before.Cookie!);

        Assert.Equal(person, (await after.GetAsync("session")).Json.GetProperty("person").GetProperty("id").GetString());
    }

    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_session_ends_after_14_days_without_use_and_after_90_in_any_case(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser idle, _) = rig.SignedIn(Roles.Member);
        (Browser busy, _) = rig.SignedIn(Roles.Member);
        for (int week = 0; week < 12; week++)
        {
            rig.Clock.Advance(TimeSpan.FromDays(7));
            Assert.True(await IsSignedInAsync(busy), $"after {week + 1} weeks");
        }

        Assert.False(await IsSignedInAsync(idle));
        rig.Clock.Advance(TimeSpan.FromDays(6) + TimeSpan.FromMinutes(1));
        Assert.False(await IsSignedInAsync(busy));
    }

    [Fact]
    public async Task Ones_sessions_are_listed_and_ended_and_nobody_elses()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser ana, string id) = rig.SignedIn(Roles.Member);
        using Browser phone = rig.SignedInAs(id);
        (Browser bela, _) = rig.SignedIn(Roles.Member, Roles.Manager);
        string session = (await phone.GetAsync("session/all")).Json.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;

        (await bela.DeleteAsync($"session/all/{session}")).Is(404);
        Assert.True(await IsSignedInAsync(phone));
        (await ana.DeleteAsync($"session/all/{session}")).Is(204);

        Assert.False(await IsSignedInAsync(phone));
        Assert.True(await IsSignedInAsync(ana));
        (await ana.DeleteAsync($"session/all/{session}")).Is(404);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, _) = rig.SignedIn(Roles.Member);
        string cookie = browser.Cookie!;

        (await browser.DeleteAsync("session")).Is(204);

        using Browser thief = rig.Browser();
        thief.TakeCookie(cookie);
        Assert.False(await IsSignedInAsync(thief));
        Assert.Null(browser.Cookie);
    }

    [Fact]
    public async Task What_the_database_keeps_of_a_session_does_not_open_it()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, string person) = rig.SignedIn(Roles.Member);
        using Browser thief = rig.Browser();

        foreach (string found in (string[])[SecretToken.DigestOf(browser.Cookie!), rig.Services.GetRequiredService<SessionStore>().Of(person)[0].Id, person])
        {
            thief.TakeCookie(found);
            Assert.False(await IsSignedInAsync(thief));
        }
    }

    [Fact]
    public async Task The_cookie_is_for_no_script_and_no_other_site_and_is_new_with_each_sign_in()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, string person) = rig.SignedIn(Roles.Member);
        using Browser browser = rig.Browser();
        browser.TakeCookie("chosen-by-somebody-else");

        Answer answer = (await browser.PostAsync($"/api/v1/forgotten/demo?person={person}")).Is(200);

        string header = answer.Headers["Set-Cookie"];
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", header, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("chosen-by-somebody-else", header, StringComparison.Ordinal);
        string first = browser.Cookie!;
        (await browser.PostAsync($"/api/v1/forgotten/demo?person={person}")).Is(200);
        Assert.NotEqual(first, browser.Cookie);
        using Browser old = rig.Browser();
        old.TakeCookie(first);
        Assert.False(await IsSignedInAsync(old));
    }

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_with_the_next_request()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (Browser other, string id) = rig.SignedIn(Roles.Manager);
        (await other.GetAsync("people")).Is(200);

        (await manager.SendAsync(HttpMethod.Put, $"people/{id}/roles", new { roles = (string[])["member"] })).Is(200);

        (await other.GetAsync("people")).Is(403, "wrong-role");
    }

    [Fact]
    public async Task The_last_manager_stays_one()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, string id) = rig.SignedIn(Roles.Manager);

        (await manager.SendAsync(HttpMethod.Put, $"people/{id}/roles", new { roles = (string[])["member"] })).Is(409, "last-manager");
        (await manager.DeleteAsync("account")).Is(409, "last-manager");
        (await manager.PostAsync($"people/{id}/erase")).Is(409, "last-manager");
        (await manager.GetAsync("people")).Is(200);
    }

    internal static async Task<bool> IsSignedInAsync(Browser browser) => (await browser.GetAsync("session")).Is(200).Json.GetProperty("signedIn").GetBoolean();
}
