using System.Globalization;
using Serverless.Jobs.Hosting;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>Tells of each epoch: metrics to the platform and to TensorBoard, a line for people.</summary>
internal sealed class LoopReport(JobRun job, TextWriter output)
{
    /// <summary>An epoch has ended.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="epochs">How many there are.</param>
    /// <param name="metrics">What was measured.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Epoch(int epoch, int epochs, IReadOnlyList<Metric> metrics, TimeSpan elapsed)
    {
        foreach (var metric in metrics)
            job.Report(metric.Name, metric.Value, epoch);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{epochs}: {string.Join(", ", metrics.Select(Word))} ({elapsed.TotalSeconds:0.0} s)"));
    }

    /// <summary>The run has ended: a line a metric, as the log's default rule reads it.</summary>
    public void End(IReadOnlyList<Metric> metrics)
    {
        foreach (var metric in metrics)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metric.Name} = {metric.Value:0.######}"));
    }

    private static string Word(Metric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:0.####}");
}
