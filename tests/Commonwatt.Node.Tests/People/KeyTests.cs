using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.People;

public class KeyTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Who_holds_a_key_binds_it_and_the_manager_sees_him_until_the_ledger_knows_him(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (Browser browser, string person) = rig.SignedIn(Roles.Member);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Answer bound = (await BindAsync(browser, person, key)).Is(200);

        string address = bound.Json.GetProperty("address").GetString()!;
        Assert.Equal(AddressOf(key).ToString(), address);
        Answer admissions = (await manager.GetAsync("admissions")).Is(200);
        Assert.Equal(address, admissions.Json.GetProperty("items").EnumerateArray().Single().GetProperty("address").GetString());
        Assert.Equal(0, admissions.Json.GetProperty("items")[0].GetProperty("assets").GetArrayLength());
        rig.Numbers.Members[AddressOf(key)] = 7;
        Assert.Equal(0, (await manager.GetAsync("admissions")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(7, (await browser.GetAsync("session")).Json.GetProperty("person").GetProperty("memberNumber").GetInt32());
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(rig.People.Find(person)!.Name, rig.Services.GetRequiredService<IPeopleDirectory>().NameOf(7));
        Assert.Null(rig.Services.GetRequiredService<IPeopleDirectory>().NameOf(8));
    }

    [Fact]
    public async Task A_proof_of_somebody_else_or_of_an_earlier_challenge_binds_nothing()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, string person) = rig.SignedIn(Roles.Member);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await PutAsync(browser, key, key, person, "none")).Is(409, "no-challenge");

        string first = await ChallengeAsync(browser);
        (await PutAsync(browser, key, other, person, first)).Is(400);
        (await PutAsync(browser, key, key, person, first)).Is(409, "no-challenge");
        (await PutAsync(browser, key, key, "somebody-else", await ChallengeAsync(browser))).Is(400);
        string old = await ChallengeAsync(browser);
        await ChallengeAsync(browser);
        (await PutAsync(browser, key, key, person, old)).Is(400);
        string late = await ChallengeAsync(browser);
        rig.Clock.Advance(TimeSpan.FromMinutes(6));
        (await PutAsync(browser, key, key, person, late)).Is(409, "no-challenge");
        Assert.Null(rig.People.Find(person)!.Address);
    }

    [Fact]
    public async Task A_key_is_changed_until_the_ledger_knows_it_and_is_nobody_elses()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser ana, string anaId) = rig.SignedIn(Roles.Member);
        (Browser bela, string belaId) = rig.SignedIn(Roles.Member);
        using var first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var third = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await BindAsync(ana, anaId, first)).Is(200);
        (await BindAsync(ana, anaId, second)).Is(200);
        (await BindAsync(bela, belaId, second)).Is(409, "key-taken");

        rig.Numbers.Members[AddressOf(second)] = 1;

        (await BindAsync(ana, anaId, third)).Is(409, "already-registered");
        (await BindAsync(ana, anaId, second)).Is(200);
    }

    [Fact]
    public async Task Who_was_erased_and_comes_back_with_his_key_is_the_same_member()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser before, string first) = rig.SignedIn(Roles.Member);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await BindAsync(before, first, key)).Is(200);
        rig.Numbers.Members[AddressOf(key)] = 3;
        (await before.DeleteAsync("account")).Is(204);
        (Browser after, string second) = rig.SignedIn(Roles.Member);

        Answer bound = (await BindAsync(after, second, key)).Is(200);

        Assert.Equal(3, bound.Json.GetProperty("memberNumber").GetInt32());
    }

    [Fact]
    public void A_public_key_is_read_in_each_usual_form_and_nothing_else_is()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[][] forms = [key.ExportSubjectPublicKeyInfo(), [4, .. point.X!, .. point.Y!], [(byte)(2 + (point.Y![^1] & 1)), .. point.X!]];
        foreach (byte[] form in forms)
        {
            Assert.True(KeyProof.TryRead(Base64Url.EncodeToString(form), out PublicKey? read));
            Assert.Equal(AddressOf(key), Address.Of(read));
        }

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[] offCurve = [4, .. point.X!, .. point.X!];
        string?[] wrong = [null, "", "%", "AAAA", Base64Url.EncodeToString(other.ExportSubjectPublicKeyInfo()), Base64Url.EncodeToString(offCurve), new string('A', 500), Base64Url.EncodeToString([.. forms[0], 0])];
        Assert.All(wrong, text => Assert.False(KeyProof.TryRead(text, out _)));
    }

    private static Address AddressOf(ECDsa key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return Address.Of(PublicKey.FromCompressed([(byte)(2 + (point.Y![^1] & 1)), .. point.X!]));
    }

    private static async Task<string> ChallengeAsync(Browser browser) => (await browser.PostAsync("account/key/challenge")).Is(200).Json.GetProperty("challenge").GetString()!;

    private static async Task<Answer> BindAsync(Browser browser, string person, ECDsa key) => await PutAsync(browser, key, key, person, await ChallengeAsync(browser));

    // As WebCrypto signs: r and s, with s in either half.
    private static Task<Answer> PutAsync(Browser browser, ECDsa key, ECDsa signer, string person, string challenge) => browser.SendAsync(HttpMethod.Put, "account/key", new
    {
        publicKey = Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo()),
        signature = Base64Url.EncodeToString(signer.SignData(Encoding.UTF8.GetBytes($"commonwatt key for {person} {challenge}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)),
    });
}
