using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruning;

/// <summary>Says which running trials are not worth their time. It is asked after each new report, and depends on the history alone. Studies with several objectives are not pruned.</summary>
public interface IPruner
{
    /// <summary>Its name, such as <c>median</c>.</summary>
    string Name { get; }

    /// <summary>Whether to stop a trial now.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="trial">A running trial of the history with at least one report, the last of which is new.</param>
    bool ShouldPrune(TrialHistory history, Trial trial);
}
