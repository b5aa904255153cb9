using System.Net.Http.Headers;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Tests.People;
using Google.Protobuf;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>Transactions that somebody caught, changed, or had no right to. The node takes them from anybody: what is signed counts, and not who brings it.</summary>
public sealed class TransactionAbuseTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    // The founding's own transactions have small nonces; FoundedCommunity counts on from the time.
    private static ulong Unused => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task A_transaction_that_was_caught_and_sent_again_is_done_once()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using SigningKey manager = ManagerOf(node);
        SignedTransaction caught = Registration(node, manager, "somebody", Unused, Now);
        using Browser thief = node.Browser();
        Answer first = (await SendAsync(thief, caught.Bytes)).Is(200);

        Answer again = (await SendAsync(thief, caught.Bytes)).Is(200);
        await node.RestartAsync();
        using Browser later = node.Browser();
        Answer afterwards = (await SendAsync(later, caught.Bytes)).Is(200);

        Assert.Equal(first.Text, again.Text);
        // A node keeps no receipts over a restart, and still knows the block.
        Assert.Equal(first.Json.GetProperty("height").GetUInt64(), afterwards.Json.GetProperty("height").GetUInt64());
        Assert.False(afterwards.Json.GetProperty("mayStillHappen").GetBoolean());
        // Another's registration shows that the ledger goes on, and that nothing is there twice.
        await node.RegisterAsync("another");
        Assert.Equal(2, (await later.GetAsync("community")).Is(200).Json.GetProperty("members").GetInt32());
    }

    [Fact]
    public async Task Not_one_bit_of_a_transaction_can_be_changed_on_its_way()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using SigningKey manager = ManagerOf(node);
        byte[] whole = Registration(node, manager, "somebody", Unused, Now).Bytes.ToArray();
        using Browser thief = node.Browser();
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << (at % 8));
            Answer answer = await SendAsync(thief, changed);
            Assert.True(answer.Status is 400 or 422, $"Byte {at}: {answer.Status} {answer.Text}");
        }

        for (int length = 0; length < whole.Length; length += 7)
        {
            (await SendAsync(thief, whole.AsMemory(0, length))).Is(400);
        }

        (await SendAsync(thief, whole)).Is(200);
    }

    [Fact]
    public async Task What_is_for_another_ledger_out_of_its_time_or_overtaken_is_refused()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using SigningKey manager = ManagerOf(node);
        ulong nonce = Unused;
        using Browser thief = node.Browser();

        Assert.Equal("wrong-ledger", await CodeAsync(thief, Registration(node, manager, "a", nonce, Now, Hash.Of("another ledger"u8))));
        Assert.Equal("expired", await CodeAsync(thief, Registration(node, manager, "b", nonce, Now - Day)));
        Assert.Equal("expires-too-late", await CodeAsync(thief, Registration(node, manager, "c", nonce, Now + Day)));
        (await SendAsync(thief, Registration(node, manager, "d", nonce, Now).Bytes)).Is(200);
        Assert.Equal("nonce-used", await CodeAsync(thief, Registration(node, manager, "e", nonce, Now)));
    }

    [Fact]
    public async Task A_stranger_is_not_heard_and_a_member_does_nothing_of_the_managers()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using var key = SigningKey.FromSeed("a member with plans");
        using Browser he = node.Browser();
        Assert.Equal("unknown-sender", await CodeAsync(he, Registration(node, key, "his friend", nonce: 1, Now)));
        await node.RegisterAsync(key.Address);

        Answer answer = await SendAsync(he, Registration(node, key, "his friend", nonce: 1, Now).Bytes);

        Assert.Equal("not-manager", answer.Json.GetProperty("code").GetString());
        await node.RegisterAsync("another");
        Assert.Equal(2, (await he.GetAsync("community")).Is(200).Json.GetProperty("members").GetInt32());
    }

    private static SigningKey ManagerOf(WholeNode node) => KeyFile.Read(node.Folder.Key("manager"));

    private static SignedTransaction Registration(WholeNode node, SigningKey sender, string name, ulong nonce, Instant now, Hash? ledger = null)
    {
        var builder = new TransactionBuilder(ledger ?? node.Community.Server.Host.Genesis.Id, sender);
        builder.ContinueAfter(nonce - 1);
        return builder.Build(
            now, TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = ByteString.CopyFrom(Address.OfName(name).ToArray()), ConnectionW = 10_000, SharingWeight = 1 }));
    }

    private static async Task<string?> CodeAsync(Browser sender, SignedTransaction transaction) => (await SendAsync(sender, transaction.Bytes)).Is(422).Json.GetProperty("code").GetString();

    private static Task<Answer> SendAsync(Browser sender, ReadOnlyMemory<byte> bytes)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return sender.SendAsync(HttpMethod.Post, "/transactions?wait=30", content);
    }
}
