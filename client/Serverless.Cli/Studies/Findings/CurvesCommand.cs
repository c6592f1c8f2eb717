using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Client.Http;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies.Findings;

/// <summary><c>study curves</c>.</summary>
internal static class CurvesCommand
{
    private const int WidestCurve = 60;

    public static Command Make(CommandBuilder build)
    {
        var id = FindingOptions.Id();
        var objective = FindingOptions.Objective();
        var points = CommonOptions.Ranged("--points", "N", "Most points of a curve in JSON, 4 to 1000. Default: 100.", FindingNames.MinPoints, FindingNames.MaxPoints);
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("curves", "What each trial reported while it ran, all on one scale, in the order in which they began.", [id, objective, points, options.Limit, options.All], async run =>
        {
            var objectives = (await run.Client.Studies.GetAsync(run.Get(id), run.Cancel)).Spec.Objectives;
            var chosen = objectives[ObjectiveName.Find(objectives, run.Get(objective))];
            var page = await ReadAsync(run, run.Get(id), run.Get(objective), run.Output.IsJson ? run.Get(points) : WidestCurve * 2, run.Get(options.Limit), run.Get(options.All));
            if (run.Output.IsJson)
                run.Output.Json(page, ContractsJson.Default.TrialCurvePage);
            else
                Write(run.Output, page, chosen.Direction);
            return ExitCode.Ok;
        });
    }

    private static async Task<Page<TrialCurve>> ReadAsync(Invocation run, string id, string? objective, int? points, int? limit, bool all)
    {
        if (!all)
            return await run.Client.Studies.CurvesAsync(id, objective, points, new PageRequest { Limit = limit }, run.Cancel);
        var items = new List<TrialCurve>();
        await foreach (var curve in run.Client.Studies.AllCurvesAsync(id, objective, points).WithCancellation(run.Cancel))
            items.Add(curve);
        return new Page<TrialCurve>(items, null);
    }

    private static void Write(Output output, Page<TrialCurve> page, ObjectiveDirection direction)
    {
        double[] finite = [.. page.Items.SelectMany(curve => curve.Values).Where(double.IsFinite).Order()];
        if (page.Items.Count == 0 || finite.Length == 0)
        {
            output.Talk(page.Items.Count == 0 ? "The study has no trials yet." : "No trial has reported the objective yet.");
            return;
        }

        // Beginnings are far worse than all that follows and would flatten it: the worst quarter of the values stands at the edge.
        var (last, quarter) = (finite.Length - 1, (finite.Length - 1) / 4);
        var (low, high) = direction == ObjectiveDirection.Maximize ? (finite[quarter], finite[last]) : (finite[0], finite[last - quarter]);
        var (begin, end) = (page.Items.Where(HasSteps).Min(curve => curve.Steps[0]), page.Items.Where(HasSteps).Max(curve => curve.Steps[^1]));
        var width = (int)Math.Clamp(Math.Min(output.Width - 50, end - begin + 1), 4, WidestCurve);
        var table = new TextTable("TRIAL>", "STATUS", "CURVE", "STEP>", "LAST>", "VALUE>");
        foreach (var curve in page.Items)
        {
            table.Row(
                curve.Number.ToString(CultureInfo.InvariantCulture),
                Words.Of(curve.Status),
                Sparkline.Of(Along(curve, begin, end, width), low, high).TrimEnd(),
                HasSteps(curve) ? curve.Steps[^1].ToString(CultureInfo.InvariantCulture) : null,
                HasSteps(curve) ? Words.Number(curve.Values[^1]) : null,
                curve.Value is { } value ? Words.Number(value) : null);
        }

        output.Table(table);
        output.Hint($"Steps {begin} to {end}, values {Words.Number(low, 4)} (▁) to {Words.Number(high, 4)} (█); what is worse stands at the edge.");
        if (page.Next is not null)
            output.Talk($"These are the first {page.Items.Count}; there are more: --limit N, --all.");
    }

    private static bool HasSteps(TrialCurve curve) => curve.Steps.Count > 0;

    /// <summary>The last value of each equal part of the steps; where none was reported, the one before, as far as the trial came.</summary>
    private static IEnumerable<double> Along(TrialCurve curve, long first, long last, int width)
    {
        var (next, value) = (0, double.NaN);
        for (var part = 0; part < width && next < curve.Steps.Count; part++)
        {
            var end = first + (last - first + 1) * (part + 1.0) / width;
            while (next < curve.Steps.Count && curve.Steps[next] < end)
                value = curve.Values[next++];
            yield return value;
        }
    }
}
