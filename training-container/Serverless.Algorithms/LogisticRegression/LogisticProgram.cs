using System.Diagnostics;
using System.Globalization;
using Serverless.Algorithms.Exits;
using Serverless.Algorithms.Learning;
using Serverless.Jobs;
using Serverless.Training.Rows;
using Serverless.Training.Served;
using Serverless.Training.Scores;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>Runs <c>logistic-regression</c>: read, learn, measure, write the model.</summary>
internal static class LogisticProgram
{
    private const double RelativeDecrease = 1e-8;
    private const int ReportAll = 100;
    private const int ReportSome = 10;
    private static readonly TimeSpan CheckpointPause = TimeSpan.FromSeconds(10);

    public static int Run(IReadOnlyList<string> args, JobEnvironment job, TextWriter output, TextWriter error)
    {
        var options = LogisticOptions.Parse(args);
        try
        {
            var data = new RowsReader(options.Rows, ClassGraph.Outputs, output).Read(job);
            var objective = new SoftmaxObjective(data.Learn, data.Labels.Names.Count, options.L2 / data.Learn.Rows);
            var weights = Learn(options, data, objective, job, output);
            var scores = Measure(data, objective, weights, output);
            LogisticModel.Write(job.ModelFolder, data, objective, weights, scores);
            return ProgramExit.Success;
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
            error.WriteLine("Stopped as asked. The job goes on from its last checkpoint when it is run again.");
            return ProgramExit.Stopped;
        }
    }

    private static double[] Learn(LogisticOptions options, LearningRows data, SoftmaxObjective objective, JobEnvironment job, TextWriter output)
    {
        var checkpoint = new LogisticCheckpoint(job, data.Fingerprint, objective.Size);
        var solver = checkpoint.TryResume(objective.Evaluate, output) ?? new Lbfgs(objective.Evaluate, new double[objective.Size]);
        var sinceCheckpoint = Stopwatch.StartNew();
        while (solver.Iteration < options.MaxIterations && solver.Slope > options.Tolerance)
        {
            var before = solver.Value;
            if (!solver.Step())
                break;
            Report(solver, data, objective, output);
            if (job.Stopping.IsCancellationRequested)
            {
                checkpoint.Save(solver);
                job.Stopping.ThrowIfCancellationRequested();
            }

            if (before - solver.Value <= RelativeDecrease * Math.Max(1e-3, Math.Abs(before)))
                break;
            if (options.CheckpointEvery is { } every ? solver.Iteration % every == 0 : sinceCheckpoint.Elapsed > CheckpointPause)
            {
                checkpoint.Save(solver);
                sinceCheckpoint.Restart();
            }
        }

        if (solver.Iteration == options.MaxIterations)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stopped after {solver.Iteration} iterations, as --max-iterations says; the slope is {solver.Slope:0.0e+00}, above --tolerance {options.Tolerance:0.0e+00}."));
        return solver.Point;
    }

    private static void Report(Lbfgs solver, LearningRows data, SoftmaxObjective objective, TextWriter output)
    {
        if (solver.Iteration > ReportAll && solver.Iteration % ReportSome != 0)
            return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss = {solver.Value:0.######}"));
        if (data.Held.Rows > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy = {Scores(data, objective, solver.Point).Accuracy:0.######}"));
    }

    private static ClassificationScores? Measure(LearningRows data, SoftmaxObjective objective, double[] weights, TextWriter output)
    {
        if (data.Held.Rows == 0)
        {
            output.WriteLine("No row was put aside, so nothing is measured. Give --holdout a share above 0, or a --test-file.");
            return null;
        }

        var scores = Scores(data, objective, weights);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy = {scores.Accuracy:0.######}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log_loss = {scores.LogLoss:0.######}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"macro_f1 = {scores.MacroF1:0.######}"));
        return scores;
    }

    private static ClassificationScores Scores(LearningRows data, SoftmaxObjective objective, double[] weights) =>
        ClassificationScores.Of(data.Held.Labels, objective.Predict(data.Held, weights), data.Labels.Names.Count);
}
