using System.Globalization;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Studies;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Tests.Experiments;

public sealed class ComparisonTableTests
{
    [Fact]
    public void Of_WhatDiffers_ComesFirst()
    {
        var table = Of(new ComparisonRequest(), Run("a", 1, "--l2 0.10 --target label", ("accuracy", 0.9), ("loss", 2)), Run("b", 2, "--l2 1 --target label", ("accuracy", 0.9), ("loss", 1)));

        Assert.Equal(
            ["parameter l2 True", "metric loss True", "fact started True", "parameter target False", "metric accuracy False", "input train False", "fact status False", "fact name False", "fact program False"],
            table.Columns.Select(column => $"{char.ToLowerInvariant(column.Group.ToString()[0])}{column.Group.ToString()[1..]} {column.Name} {column.Differs}"));
        Assert.Equal(["0.10", "1"], table.Runs.Select(run => run.Cells[0]));
        Assert.Equal(["2", "1"], table.Runs.Select(run => run.Cells[1]));
    }

    [Fact]
    public void Of_NumbersWrittenOtherwise_AreTheSame() =>
        Assert.DoesNotContain(Of(new ComparisonRequest { OnlyDifferent = true }, Run("a", 1, "--l2 0.10"), Run("b", 2, "--l2 1e-1")).Columns, column => column.Name == "l2");

    [Fact]
    public void Of_RepeatedOptionsAndSwitches_AreKept()
    {
        var table = Of(new ComparisonRequest(), Run("a", 1, "--layer 64 --layer 32 --fast"), Run("b", 2, "--layer 64"));
        Assert.Equal(["64, 32", "64"], Column(table, "layer"));
        Assert.Equal(["true", null], Column(table, "fast"));
    }

    [Theory]
    [InlineData("accuracy", "b c a none nan")]
    [InlineData("accuracy:asc", "a c b none nan")]
    [InlineData("accuracy:desc", "b c a none nan")]
    [InlineData("accuracy:max:asc", "a c b none nan")]
    [InlineData("loss", "a b c none nan")]
    [InlineData("n", "a b c nan none")]
    [InlineData("n:desc", "none nan c b a")]
    [InlineData("started:desc", "none nan c b a")]
    public void Of_Sorted_BestFirstAndWhatHasNothingLast(string sort, string expected)
    {
        var table = Of(new ComparisonRequest { Sort = sort },
            Run("none", 5, "--n 11"), Run("a", 1, "--n 1", ("accuracy", 0.1), ("loss", 1)), Run("nan", 4, "--n 10", ("accuracy", double.NaN)),
            Run("b", 2, "--n 2", ("accuracy", 0.9), ("loss", 2)), Run("c", 3, "--n 9", ("accuracy", 0.5), ("loss", double.PositiveInfinity)));
        Assert.Equal(expected, string.Join(' ', table.Runs.Select(run => run.Id)));
    }

    [Fact]
    public void Of_MinMaxAndBest_AreOfAllThatWasReported()
    {
        var run = Run("a", 1, "", ("accuracy", 0.5), ("loss", 2)) with { Metrics = new Dictionary<string, RunMetric> { ["accuracy"] = new(0.5, 0.1, 0.9), ["loss"] = new(double.NaN, null, null), ["a:min"] = new(7, 7, 7) } };
        var table = Of(new ComparisonRequest { Metrics = ["accuracy:min", "accuracy:max", "accuracy:best", "accuracy", "loss", "loss:min", "a:min"] }, run);
        Assert.Equal(["0.1", "0.9", "0.9", "0.5", "NaN", null, "7"], table.Runs[0].Cells.Take(7));
        Assert.Equal(["accuracy:min", "accuracy:max", "accuracy:best", "accuracy", "loss", "loss:min", "a:min"], table.Columns.Take(7).Select(column => column.Name));
    }

    [Fact]
    public void Of_NoMetricInCommon_SaysSo()
    {
        var table = Of(new ComparisonRequest(), Run("a", 1, "", ("loss", 1)), Run("b", 2, "", ("accuracy", 1)), Run("c", 3, ""));
        Assert.Equal(["These runs have no metric in common."], table.Notes);
        Assert.Equal(["1", null, null], Column(table, "loss"));
    }

    [Theory]
    [InlineData("metric", "acc", "'accuracy', 'loss'")]
    [InlineData("metric", "loss:best", "'loss:min' or 'loss:max'")]
    [InlineData("sort", "l3", "'l2'")]
    [InlineData("sort", "accuracy:up", "'accuracy'")]
    public void Of_WhatNoRunHas_IsRefusedWithWhatTheyHave(string path, string name, string cure)
    {
        var request = path == "metric" ? new ComparisonRequest { Metrics = [name] } : new ComparisonRequest { Sort = name };
        var refused = Assert.Throws<ServerlessException>(() => Of(request, Run("a", 1, "--l2 1", ("accuracy", 1), ("loss", 1))));
        Assert.Equal(path, Assert.Single(refused.Errors).Path);
        Assert.Contains(cure, refused.Cure);
    }

    [Fact]
    public void Of_AThousandMetrics_IsRefusedWithTheLimitUnlessSomeAreNamed()
    {
        var metrics = Enumerable.Range(0, 1_000).Select(i => ($"metric {i}", (double)i)).ToArray();
        var refused = Assert.Throws<ServerlessException>(() => Of(new ComparisonRequest(), Run("a", 1, "", metrics), Run("b", 2, "", metrics)));
        Assert.Contains("the limit is 300", refused.Message);
        Assert.Equal(["7", "7"], Column(Of(new ComparisonRequest { Metrics = ["metric 7"] }, Run("a", 1, "", metrics), Run("b", 2, "", metrics)), "metric 7"));
    }

    [Fact]
    public void Of_MoreThanTheLimit_TheFirstWithANote()
    {
        var table = Of(new ComparisonRequest { Sort = "accuracy", Limit = 2 }, [.. Enumerable.Range(0, 9).Select(i => Run($"r{i}", i, "", ("accuracy", i)))]);
        Assert.Equal(["r8", "r7"], table.Runs.Select(run => run.Id));
        Assert.Equal(["These are the first 2 of 9 runs by 'accuracy'."], table.Notes);
    }

    [Fact]
    public void Of_OnlyDifferent_KeepsWhatWasNamed()
    {
        var table = Of(new ComparisonRequest { OnlyDifferent = true, Metrics = ["loss"], Sort = "accuracy" }, Run("a", 1, "--l2 1", ("loss", 1), ("accuracy", 1)), Run("b", 2, "--l2 2", ("loss", 1), ("accuracy", 1)));
        Assert.Equal(["l2", "started", "loss"], table.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Check_Bounds_AllAtOnce()
    {
        var errors = new ComparisonRequest { Top = 0, Limit = 201, Jobs = [.. Enumerable.Range(0, 201).Select(i => $"{i}")], Metrics = ["", new string('x', 300)] }.Check();
        Assert.Equal(["top", "limit", "job", "metric"], errors.Select(error => error.Path));
    }

    [Fact]
    public void Of_Nothing_IsAnEmptyTable() => Assert.Empty(Of(new ComparisonRequest { Metrics = ["loss"], Sort = "loss" }).Runs);

    private static IEnumerable<string?> Column(ExperimentComparison table, string name)
    {
        var at = table.Columns.ToList().FindIndex(column => column.Name == name);
        return table.Runs.Select(run => run.Cells[at]);
    }

    private static ExperimentComparison Of(ComparisonRequest request, params ExperimentRun[] runs) => ComparisonTable.Of(
        "digits", [.. runs.Select(run => new ComparedMember(run, new Dictionary<string, ObjectiveDirection> { ["accuracy"] = ObjectiveDirection.Maximize }))], request, []);

    private static ExperimentRun Run(string id, int minute, string arguments, params (string Name, double Value)[] metrics) => new()
    {
        Kind = RunKind.Job,
        Id = id,
        Name = "one",
        Status = "succeeded",
        CreatedAt = Rig.Some.Start,
        StartedAt = Rig.Some.Start.AddMinutes(minute),
        Program = "algorithm:a",
        Parameters = Core.Experiments.Runs.ArgumentReader.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        Metrics = metrics.ToDictionary(metric => metric.Name, metric => new RunMetric(metric.Value, metric.Value, metric.Value)),
        Inputs = new Dictionary<string, string> { ["train"] = "digits@" + 7.ToString("x8", CultureInfo.InvariantCulture) },
    };
}
