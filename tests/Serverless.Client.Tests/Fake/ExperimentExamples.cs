using Serverless.Contracts.Experiments;

namespace Serverless.Client.Tests.Fake;

/// <summary>An experiment with a study and two jobs, always the same.</summary>
internal static class ExperimentExamples
{
    public static ExperimentSummary Experiment() => new()
    {
        Name = "digits",
        Description = "Does weight decay help?\nAsked on the first of March.",
        Tags = new Dictionary<string, string> { ["team"] = "vision" },
        CreatedAt = Examples.At,
        ActiveAt = Examples.At.AddMinutes(9),
        Jobs = 2,
        Studies = 1,
        Running = 1,
        ETag = "7-1",
    };

    public static ExperimentNote Note() => new() { Id = "note-1", Text = "0.01 is enough.\nMore does harm.", By = "ann", At = Examples.At.AddMinutes(3) };

    public static ExperimentRun[] Runs() => [Study(), Job("job-0a1b2c3d4e5f6g7h8j9k", "0.01", 0.9618), Job("job-1a1b2c3d4e5f6g7h8j9k", "1", double.NaN)];

    public static ExperimentComparison Comparison() => new()
    {
        Experiment = "digits",
        Columns =
        [
            new ComparedColumn(ColumnGroup.Parameter, "l2", true), new ComparedColumn(ColumnGroup.Parameter, "seed", true), new ComparedColumn(ColumnGroup.Metric, "accuracy", true),
            new ComparedColumn(ColumnGroup.Metric, "loss:min", true), new ComparedColumn(ColumnGroup.Output, "model", true), new ComparedColumn(ColumnGroup.Fact, "started", true),
            new ComparedColumn(ColumnGroup.Fact, "seconds", true), new ComparedColumn(ColumnGroup.Fact, "cost", true), new ComparedColumn(ColumnGroup.Parameter, "target", false),
            new ComparedColumn(ColumnGroup.Input, "train", false), new ComparedColumn(ColumnGroup.Fact, "commit", false),
        ],
        Runs =
        [
            new ComparedRun(RunKind.Study, "study-0a1b2c3d4e5f6g7h8j9k", "search", Row("0.031234567890123456", null, "0.9701", "0.1", "digits@2")) { Trial = 4 },
            new ComparedRun(RunKind.Job, "job-0a1b2c3d4e5f6g7h8j9k", "logistic-regression", Row("0.01", "1234567890", "0.96183456789", null, "digits@1")),
            new ComparedRun(RunKind.Trial, "job-0a1b2c3d4e5f6g7h8j9k-11", "search #11", Row("1", "7", "NaN", "0.2", null)) { StudyId = "study-0a1b2c3d4e5f6g7h8j9k", Trial = 11 },
        ],
        Notes = ["These are its newest 3 runs; there are older ones."],
    };

    private static string?[] Row(string l2, string? seed, string accuracy, string? loss, string? model) =>
        [l2, seed, accuracy, loss, model, "2026-03-01T12:00:01Z", "4.123", "0.000128 USD", "label", $"digits@{Examples.Hash}", "8dbf6a1f00d58dbf6a1f00d58dbf6a1f00d5dead"];

    private static ExperimentRun Study() => Job("study-0a1b2c3d4e5f6g7h8j9k", "0.0312", 0.9701) with
    {
        Kind = RunKind.Study,
        Name = "search",
        Status = "running",
        Trial = 4,
        Trials = 6,
        EndedAt = null,
        Seconds = 72,
        Machine = null,
    };

    private static ExperimentRun Job(string id, string l2, double accuracy) => new()
    {
        Kind = RunKind.Job,
        Id = id,
        Name = "logistic-regression",
        Status = "succeeded",
        CreatedAt = Examples.At,
        StartedAt = Examples.At.AddSeconds(1),
        EndedAt = Examples.At.AddSeconds(5),
        Seconds = 4,
        Cost = 0.000128m,
        Currency = "USD",
        Program = "algorithm:logistic-regression",
        GitCommit = "8dbf6a1",
        Machine = "local",
        Parameters = new Dictionary<string, IReadOnlyList<string>> { ["target"] = ["label"], ["l2"] = [l2] },
        Metrics = new Dictionary<string, RunMetric> { ["accuracy"] = new(accuracy, 0.5, 0.98), ["loss"] = new(0.1234567, 0.1, 2) },
        Inputs = new Dictionary<string, string> { ["train"] = $"digits@{Examples.Hash}" },
        Model = "digits@1",
    };
}
