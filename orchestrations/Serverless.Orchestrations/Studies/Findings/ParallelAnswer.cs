using System.Globalization;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Values;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;
using TrialStatus = Serverless.Tuning.Trials.TrialStatus;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>A study's trials as lines across its parameters and objectives.</summary>
internal static class ParallelAnswer
{
    /// <summary>Makes the answer.</summary>
    public static ParallelCoordinates Of(StudySpec spec, TrialHistory? history, int most)
    {
        var space = history?.Space ?? SearchSpace.Of(SpaceReading.Read(spec.Space, []));
        var dimensions = space.Description.Parameters.Select(parameter => space.Find(parameter.Name)!).Where(dimension => dimension.Kind != DimensionKind.Fixed).ToList();
        var ended = history?.Trials.Where(trial => trial.Status is TrialStatus.Complete or TrialStatus.Pruned).ToList() ?? [];
        var shown = Pick(history, ended, most);
        var objectives = spec.Objectives.Select((objective, i) => Axis(objective, [.. shown.Select(trial => ValueOf(trial, i)).OfType<double>().Where(double.IsFinite)])).ToList();
        return new ParallelCoordinates
        {
            Axes = [.. dimensions.Select(Axis), .. objectives],
            Lines = [.. shown.Select(trial => Line(trial, dimensions, objectives))],
            Trials = ended.Count,
        };
    }

    /// <summary>All, or the best half of so many and an even pick of the rest.</summary>
    private static List<Trial> Pick(TrialHistory? history, List<Trial> ended, int most)
    {
        if (history is null || ended.Count <= most)
            return ended;
        var best = ended.Where(trial => trial.Status == TrialStatus.Complete).OrderBy(trial => history.Loss(trial)).ThenBy(trial => trial.Number).Take((most + 1) / 2).ToHashSet();
        var rest = ended.Where(trial => !best.Contains(trial)).ToList();
        var room = most - best.Count;
        for (var i = 0; i < room; i++)
            best.Add(rest[(int)((long)i * rest.Count / room)]);
        return [.. ended.Where(best.Contains)];
    }

    private static ParallelAxis Axis(Dimension dimension)
    {
        var isNumber = dimension.Parameter is FloatParameter or IntParameter;
        return new ParallelAxis
        {
            Name = dimension.Name,
            Kind = isNumber ? AxisKind.Number : AxisKind.Choice,
            Low = isNumber ? dimension.Low : null,
            High = isNumber ? dimension.High : null,
            Log = dimension.IsLog,
            Step = isNumber && dimension.Step > 0 ? dimension.Step : null,
            Choices = isNumber ? null : [.. Enumerable.Range(0, (int)dimension.Cardinality).Select(i => SpaceReading.Value(dimension.ValueOf(i)))],
            Conditional = dimension.Parameter.When is not null,
        };
    }

    private static ParallelAxis Axis(ObjectiveSpec objective, double[] values) => new()
    {
        Name = objective.Metric,
        Kind = AxisKind.Objective,
        Low = values.Length > 0 ? values.Min() : null,
        High = values.Length > 0 ? values.Max() : null,
        Direction = objective.Direction,
    };

    private static ParallelLine Line(Trial trial, List<Dimension> dimensions, List<ParallelAxis> objectives)
    {
        var positions = new List<double?>();
        var values = new List<ScalarValue?>();
        foreach (var dimension in dimensions)
        {
            var coordinate = trial.Point[dimension.Index];
            var isThere = !double.IsNaN(coordinate);
            positions.Add(isThere ? Between(dimension.Warp(coordinate), dimension.Warp(dimension.Low), dimension.Warp(dimension.High)) : null);
            values.Add(isThere ? SpaceReading.Value(dimension.ValueOf(coordinate)) : (ScalarValue?)null);
        }

        foreach (var (i, axis) in objectives.Index())
        {
            var value = ValueOf(trial, i);
            positions.Add(value is { } number && double.IsFinite(number) ? Between(number, axis.Low!.Value, axis.High!.Value) : null);
            values.Add(value is { } known ? double.IsFinite(known) ? known : known.ToString(CultureInfo.InvariantCulture) : (ScalarValue?)null);
        }

        return new ParallelLine { Number = trial.Number, Status = SearchViews.Status(trial.Status), Positions = positions, Values = values };
    }

    private static double? ValueOf(Trial trial, int objective) => trial.Status == TrialStatus.Complete ? trial.Values[objective] : null;

    /// <summary>Halves first: the range of two huge numbers may be none.</summary>
    private static double Between(double value, double low, double high) => high > low ? Math.Clamp((value / 2 - low / 2) / (high / 2 - low / 2), 0, 1) : 0.5;
}
