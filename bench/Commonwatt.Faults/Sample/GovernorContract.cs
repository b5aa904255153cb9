using Google.Protobuf.WellKnownTypes;

namespace Commonwatt.Faults.Sample;

/// <summary>Changes validators and rules at anybody's word.</summary>
internal sealed class GovernorContract : Contract
{
    public GovernorContract()
        : base("governor")
    {
        On("set-validators", BytesValue.Parser, (context, set) =>
        {
            SystemTables.ChangeValidators(context, CanonicalReader.Decode<ValidatorSet>(set.Value.Span));
            return Outcome.Done;
        });
        On("set-rules", UInt64Value.Parser, (context, height) =>
        {
            SystemTables.ChangeRules(context, version: 2, height.Value);
            return Outcome.Done;
        });
    }
}

/// <summary>Stands in the second version of the rules only.</summary>
internal sealed class NoveltyContract : Contract
{
    public NoveltyContract()
        : base("novelty") =>
        On("try", Empty.Parser, (_, _) => Outcome.Done);
}
