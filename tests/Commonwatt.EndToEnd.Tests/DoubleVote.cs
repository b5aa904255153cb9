using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Configuration;
using Commonwatt.Ordering.RabbitMq;
using Google.Protobuf;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>A validator's key in the wrong hands: votes for a block that the validator did not vote for.</summary>
internal sealed class DoubleVote : IAsyncDisposable
{
    private readonly SigningKey key;
    private readonly RabbitMqVoteChannel channel;

    /// <summary>Takes a validator's key and its account at the broker.</summary>
    public DoubleVote(RealCluster cluster, Validator validator)
    {
        key = KeyFile.Read(validator.KeyFile);
        channel = RabbitMqVoteChannel.Open(cluster.Broker.Settings(validator.Name), cluster.Folder.Genesis.Id, new BrokerSurroundings(TimeProvider.System, new Random(), _ => { }));
    }

    /// <summary>Whose votes they are.</summary>
    public Address Address => key.Address;

    /// <summary>Signs and publishes another header than the final one of a height, as if the block had led to another state.</summary>
    /// <param name="block">The encoded block, with its length before it.</param>
    public void Cast(byte[] block)
    {
        BlockHeader final = CertifiedBlock.Decode(block.AsSpan(sizeof(uint))).Header;
        var vote = Vote.Sign(final with { StateRoot = Hash.Of("another state"u8) }, key);
        var message = new Commonwatt.Ledger.Wire.Finality.FinalityMessage { Vote = Commonwatt.Ledger.Wire.Finality.Vote.Parser.ParseFrom(vote.ToArray()) };
        channel.Send(message.ToByteArray());
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        key.Dispose();
    }
}
