using System.Text.Json;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Studies;

/// <summary>Drives a study through a random course, saving and restoring it where it is told to.</summary>
internal static class StudyDriver
{
    /// <summary>Everything that the study wanted done, in words; the last line is its state.</summary>
    public static IReadOnlyList<string> Run(Func<Study> begin, Func<ISampler> sampler, Func<IPruner> pruner, int events, long seed, Func<int, bool> restoreAt)
    {
        var study = begin();
        var chance = new RandomSource(seed);
        var said = new List<string>();
        for (var number = 0; number < events; number++)
        {
            if (restoreAt(number))
                study = Study.Restore(Read(Write(study.Snapshot())), sampler(), pruner());
            foreach (var action in study.Apply(Next(study.History, chance)))
                said.Add(Words(action));
        }

        said.Add(Write(study.Snapshot()));
        return said;
    }

    public static string Write(StudyState state) => JsonSerializer.Serialize(state, StudyJson.Default.StudyState);

    public static StudyState Read(string json) => JsonSerializer.Deserialize(json, StudyJson.Default.StudyState)!;

    private static StudyEvent Next(TrialHistory history, RandomSource chance)
    {
        var running = history.Trials.Where(trial => trial.Status == TrialStatus.Running).ToArray();
        if (running.Length == 0)
            return new TrialsAsked(1 + chance.NextBelow(3));
        var trial = running[chance.NextBelow(running.Length)];
        var value = Value(trial, history.Space.Dimensions.Count);
        return chance.NextBelow(12) switch
        {
            0 or 1 => new TrialsAsked(1 + chance.NextBelow(3)),
            2 => new TrialFailed(trial.Number),
            3 => new TrialPruned(trial.Number),
            4 or 5 => new TrialCompleted(trial.Number),
            6 or 7 => new TrialCompleted(trial.Number, [.. history.Objectives.Select((_, index) => index == 0 ? value : -value + chance.NextUniform())]),
            8 => new TrialCompleted(trial.Number, [.. history.Objectives.Select(_ => double.NaN)]),
            _ => new MetricReported(trial.Number, chance.NextBelow(9), value + chance.NextUniform()),
        };
    }

    private static double Value(Trial trial, int dimensions)
    {
        var sum = 0.0;
        for (var index = 0; index < dimensions; index++)
            sum += double.IsNaN(trial.Point[index]) ? 0 : Math.Cos(trial.Point[index] + index);
        return sum;
    }

    private static string Words(StudyAction action) => action is StartTrial start
        ? $"start {start.Trial} from {start.Parent}: {string.Join(' ', start.Values.Select(value => $"{value.Key}={value.Value}"))}"
        : action.ToString();
}
