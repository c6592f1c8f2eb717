using System.Globalization;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>What trials reported while they ran.</summary>
internal static class CurvesAnswer
{
    /// <summary>Makes a page.</summary>
    public static Page<TrialCurve> Of(TrialHistory? history, int objective, int points, int from, int limit)
    {
        if (history is null)
            return new Page<TrialCurve>([], null);
        var page = history.Trials.Skip(from).Take(limit).Select(trial => Of(trial, objective, points)).ToList();
        return new Page<TrialCurve>(page, history.Trials.Count - limit > from ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static TrialCurve Of(Trial trial, int objective, int points)
    {
        var curve = trial.Curves[objective];
        var picked = CurvePick.Of(curve.Values, points);
        return new TrialCurve
        {
            Number = trial.Number,
            Status = SearchViews.Status(trial.Status),
            Steps = [.. picked.Select(i => (long)curve.Steps[i])],
            Values = [.. picked.Select(i => curve.Values[i])],
            Points = curve.Count,
            Value = trial.Status == TrialStatus.Complete ? trial.Values[objective] : null,
        };
    }
}
