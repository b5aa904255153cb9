using System.Globalization;
using System.Net;
using Commonwatt.Node.People;

namespace Commonwatt.Node.Tests.People;

public class RateTests
{
    [Theory]
    [InlineData("session/password")]
    [InlineData("session/passkey/options")]
    [InlineData("session/passkey")]
    public async Task A_flood_of_sign_ins_is_told_to_wait_and_the_others_are_served(string path)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(limits: PeopleRig.NoLimits with { SignInsPerMinute = 20 });
        (Browser member, _) = rig.SignedIn(Roles.Member);
        using Browser flood = rig.Browser();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => flood.PostAsync(path, new { email = "ana@example.org", password = "wrong", code = "1", credential = new { } })));

        Assert.Equal(280, answers.Count(answer => answer.Status == 429 && answer.Code == "too-many-requests"));
        Answer refused = answers.First(answer => answer.Code == "too-many-requests");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        (await member.GetAsync("account")).Is(200);
    }

    [Fact]
    public async Task Tokens_and_invitations_are_not_guessed_by_the_thousand()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(limits: PeopleRig.NoLimits with { TokensPerMinute = 10, InvitationsPerMinute = 5 });
        using Browser flood = rig.Browser();
        for (int guess = 0; guess < 10; guess++)
        {
            (await flood.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", "a"), ("client_secret", "b"))).Is(401);
        }

        (await flood.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", "a"), ("client_secret", "b"))).Is(429, "too-many-requests");
        for (int guess = 0; guess < 5; guess++)
        {
            (await flood.GetAsync($"invitations/by-token/{guess}")).Is(404);
        }

        (await flood.GetAsync("invitations/by-token/6")).Is(429, "too-many-requests");
        (await flood.PostAsync("invitations/by-token/7/accept")).Is(429, "too-many-requests");
    }

    [Fact]
    public async Task One_session_that_asks_too_much_does_not_slow_another_from_the_same_address()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(limits: PeopleRig.NoLimits with { RequestsAtOnce = 30, RequestsPerSecond = 1 });
        (Browser busy, _) = rig.SignedIn(Roles.Member);
        (Browser calm, _) = rig.SignedIn(Roles.Member);

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => busy.GetAsync("account")));

        Assert.Contains(answers, answer => answer.Status == 429);
        (await calm.GetAsync("account")).Is(200);
        Assert.Equal(200, (await calm.GetAsync("/status")).Status);
    }

    [Fact]
    public async Task Made_up_cookies_share_the_measure_of_their_address()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(limits: PeopleRig.NoLimits with { RequestsAtOnce = 10, RequestsPerSecond = 1 });
        int refused = 0;
        for (int guess = 0; guess < 20; guess++)
        {
            using Browser browser = rig.Browser();
            browser.TakeCookie(SecretToken.New());
            refused += (await browser.GetAsync("session")).Status == 429 ? 1 : 0;
        }

        Assert.InRange(refused, 1, 10);
    }

    [Fact]
    public async Task An_address_that_the_sender_made_up_slips_no_limit()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(limits: PeopleRig.NoLimits with { SignInsPerMinute = 5 });

        Assert.Equal(5, await LetInAsync(rig, guess => $"203.0.113.{guess}"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_address_that_it_saw_is_counted_by_itself()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(
            limits: PeopleRig.NoLimits with { SignInsPerMinute = 5 }, settings: new PeopleSettings { KeyFolder = "", PasswordIterations = 1000, TrustedProxies = [IPAddress.Loopback] });

        Assert.Equal(20, await LetInAsync(rig, guess => $"203.0.113.{guess}"));
        // The proxy writes last whom it saw; before that stands what was sent to it.
        Assert.Equal(5, await LetInAsync(rig, guess => $"198.51.100.{guess}, 192.0.2.1"));
    }

    private static async Task<int> LetInAsync(PeopleRig rig, Func<int, string> forwarded)
    {
        int let = 0;
        for (int guess = 0; guess < 20; guess++)
        {
            using Browser browser = rig.Browser();
            browser.ForwardedFor = forwarded(guess);
            let += (await browser.PostAsync("session/passkey/options")).Status == 200 ? 1 : 0;
        }

        return let;
    }
}
