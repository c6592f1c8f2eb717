using System.Globalization;
using Serverless.Contracts.Experiments;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>The columns that every run has: what came out, and the run itself.</summary>
internal static class RunFacts
{
    /// <summary>What came out.</summary>
    public static IReadOnlyList<(string Name, Func<ExperimentRun, string?> Of)> Outputs { get; } =
    [
        ("model", run => run.Model),
        ("endpoint", run => run.Endpoint),
        ("checkpoint", run => run.Checkpoint),
        ("files", run => run.Files?.ToString(CultureInfo.InvariantCulture)),
        ("bytes", run => run.FileBytes?.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The run itself.</summary>
    public static IReadOnlyList<(string Name, Func<ExperimentRun, string?> Of)> Facts { get; } =
    [
        ("status", run => run.Status),
        ("started", run => run.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("seconds", run => run.Seconds?.ToString("0.###", CultureInfo.InvariantCulture)),
        ("cost", run => run.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(cost, 6):0.######} {run.Currency}") : null),
        ("trials", run => run.Trials?.ToString(CultureInfo.InvariantCulture)),
        ("name", run => run.Name),
        ("program", run => run.Program),
        ("from", run => run.StartedFrom),
        ("image", run => run.Image),
        ("machine", run => run.Machine),
        ("commit", run => run.GitCommit),
    ];
}
