using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>Trials to records and back.</summary>
internal static class TrialReading
{
    public static TrialRecord Write(Trial trial) => new(trial.Number, trial.PointArray, trial.Status)
    {
        Origin = trial.Origin,
        Parent = trial.Parent,
        Values = trial.ValueArray,
        Steps = [.. trial.Curves.Select(curve => curve.Steps.ToArray())],
        Reports = [.. trial.Curves.Select(curve => curve.Values.ToArray())],
        Ending = trial.Ending,
        StopAsked = trial.StopAsked,
        Cut = trial.Cut,
        Repeats = trial.Repeats,
    };

    /// <summary>Fills an empty history; trials end in the order in which they did.</summary>
    public static void Read(StudyState state, TrialHistory history)
    {
        var ended = state.Trials.ToDictionary(record => record.Number);
        foreach (var record in state.Trials)
            history.Add(new Trial(record.Number, record.Point, record.Origin, record.Parent, history.Objectives.Count));
        foreach (var trial in history.Trials)
            Fill(trial, ended[trial.Number]);
        foreach (var number in state.Ended)
            history.End(history.Trials[number], ended[number].Status, ended[number].Values, ended[number].Ending);
    }

    public static Trial Read(TrialRecord record, TrialHistory history)
    {
        if (record.Point.Length != history.Space.Dimensions.Count)
            throw new ArgumentException($"Trial {record.Number} has {record.Point.Length} coordinates, and the space has {history.Space.Dimensions.Count} parameters. Bring trials into this study's space first.", nameof(record));
        var trial = new Trial(record.Number, record.Point, record.Origin, record.Parent, history.Objectives.Count);
        Fill(trial, record);
        if (record.Status != TrialStatus.Running)
            trial.End(record.Status, record.Values);
        return trial;
    }

    private static void Fill(Trial trial, TrialRecord record)
    {
        (trial.StopAsked, trial.Cut, trial.Repeats) = (record.StopAsked, record.Cut, record.Repeats);
        for (var objective = 0; objective < record.Steps.Length; objective++)
        {
            for (var index = 0; index < record.Steps[objective].Length; index++)
                trial.Curves[objective].Add(record.Steps[objective][index], record.Reports[objective][index]);
        }
    }
}
