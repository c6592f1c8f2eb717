using Serverless.Training.Features;
using Serverless.Training.Labels;

namespace Serverless.Training.Rows;

/// <summary>What is learnt from and what it is measured on.</summary>
/// <param name="Plan">How rows become features; learnt from the first part alone.</param>
/// <param name="Labels">The classes; none when the target is a number.</param>
/// <param name="Learn">The rows to learn from.</param>
/// <param name="Held">The rows put aside; none when nothing was.</param>
/// <param name="Fingerprint">Tells this data and these options from others, for checkpoints.</param>
internal sealed record LearningRows(FeaturePlan Plan, LabelSet Labels, FeatureMatrix Learn, FeatureMatrix Held, string Fingerprint)
{
    /// <summary>The numbers to be told; null: rows have classes.</summary>
    public NumberTarget? Target { get; init; }
}
