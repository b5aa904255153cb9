namespace Commonwatt.Agents;

/// <summary>
/// Starts at the other side's bound and concedes in a straight line toward its own as the gate nears: the time-dependent tactic of
/// Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents", with exponent 1.
/// </summary>
public sealed class LinearStrategy : IBiddingStrategy
{
    /// <inheritdoc/>
    public Bid? Decide(in BiddingSituation situation)
    {
        double progress = double.IsNaN(situation.Progress) ? 0 : Math.Clamp(situation.Progress, 0, 1);
        long far = situation.FarBound.MicrosPerKilowattHour;
        long own = situation.OwnBound.MicrosPerKilowattHour;
        return situation.At(new Price(far + (long)Math.Round((own - far) * progress)));
    }
}
