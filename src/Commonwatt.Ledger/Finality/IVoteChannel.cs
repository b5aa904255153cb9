namespace Commonwatt.Ledger.Finality;

/// <summary>Carries what validators say to each other. Nothing is relied on: messages may get lost, come late, twice, or in another order.</summary>
public interface IVoteChannel
{
    /// <summary>Hands a message over, to all that listen.</summary>
    void Send(ReadOnlyMemory<byte> message);

    /// <summary>The next message from anybody, one's own included, or null where there is none yet.</summary>
    ReadOnlyMemory<byte>? Receive();
}
