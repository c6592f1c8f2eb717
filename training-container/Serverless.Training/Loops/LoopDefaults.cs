using Serverless.Training.Schedules;

namespace Serverless.Training.Loops;

/// <summary>What a trainer takes when it is not told otherwise.</summary>
/// <param name="Epochs">Rounds over the rows.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="LearningRate">The greatest learning rate.</param>
/// <param name="Schedule">How the rate goes on.</param>
/// <param name="WeightDecay">The decay of weights.</param>
/// <param name="Patience">Epochs without a better value before a run ends; 0: it never does.</param>
internal sealed record LoopDefaults(int Epochs, int BatchSize, double LearningRate, ScheduleKind Schedule = ScheduleKind.OneCycle, double WeightDecay = 0.01, int Patience = 0);
