using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Proofs;

/// <summary>One thing that a light client is told: a header, or a change of the validators.</summary>
public abstract record FollowStep
{
    private FollowStep()
    {
    }

    /// <summary>The header that the step is about, with its certificate.</summary>
    public abstract CertifiedHeader Block { get; }

    /// <summary>A header.</summary>
    /// <param name="Block">The header with its certificate.</param>
    public sealed record Next(CertifiedHeader Block) : FollowStep
    {
        /// <inheritdoc/>
        public override CertifiedHeader Block { get; } = Block;

        internal override Wire.Proofs.FollowStep ToMessage() => new() { Header = Block.ToMessage() };
    }

    /// <summary>A change of the validators, and the header that shows it.</summary>
    /// <param name="Proof">The entry of <c>ledger.validators</c> under that header.</param>
    public sealed record Change(StateProof Proof) : FollowStep
    {
        /// <inheritdoc/>
        public override CertifiedHeader Block => Proof.Block;

        internal override Wire.Proofs.FollowStep ToMessage() => new() { Change = Proof.ToMessage().State };
    }

    internal abstract Wire.Proofs.FollowStep ToMessage();

    internal static FollowStep Decode(ReadOnlySpan<byte> bytes)
    {
        Wire.Proofs.FollowStep message = WireMessage.Decode(Wire.Proofs.FollowStep.Parser, bytes);
        return message.StepCase switch
        {
            Wire.Proofs.FollowStep.StepOneofCase.Header => new Next(CertifiedHeader.Read(message.Header)),
            Wire.Proofs.FollowStep.StepOneofCase.Change => new Change(StateProof.Read(message.Change)),
            _ => throw new MalformedBytesException("The step holds neither a header nor a change of the validators."),
        };
    }
}
