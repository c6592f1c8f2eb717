using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>Lets every trial run to its end.</summary>
public sealed class NoPruner : IPruner
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial) => false;
}
