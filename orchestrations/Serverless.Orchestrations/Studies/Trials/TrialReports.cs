using System.Text;
using System.Text.Json;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>Reads what a trial's job reported since the last look, as events for the search.</summary>
internal sealed class TrialReports(IArtifactStore artifacts)
{
    /// <summary>The most bytes of one look: a program that reports without end holds up nobody.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads.</summary>
    /// <param name="run">The trial, with how far it was read.</param>
    /// <param name="job">Its job.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="events">Takes what is new.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The trial, with how far it was read now.</returns>
    public async Task<TrialRun> ReadAsync(TrialRun run, JobRecord job, IReadOnlyList<Objective> objectives, List<StudyEvent> events, CancellationToken cancel)
    {
        if (job.Epoch == 0)
            return run;
        if (run.Epoch != job.Epoch)
            run = run with { Epoch = job.Epoch, Offset = 0 };
        var length = job.PointBytes;
        var steps = run.NextSteps.Count == objectives.Count ? run.NextSteps.ToArray() : new int[objectives.Count];
        while (run.Offset < length && await ReadAsync(run, length, cancel) is { Length: > 0 } lines)
        {
            foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Note(run.Number, line, objectives, steps, events);
            run = run with { Offset = run.Offset + Encoding.UTF8.GetByteCount(lines) };
        }

        return run with { NextSteps = steps };
    }

    /// <summary>Whole lines from where the last look ended, as far as the job's record counts them.</summary>
    private async Task<string> ReadAsync(TrialRun run, long length, CancellationToken cancel)
    {
        await using var content = await artifacts.OpenReadAsync(ArtifactPaths.Metrics(run.JobId, run.Epoch), new ByteRange(run.Offset, Math.Min(MaxBytes, length - run.Offset)), cancel);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        var text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return Encoding.UTF8.GetString(text[..(text.LastIndexOf((byte)'\n') + 1)]);
    }

    private static void Note(int trial, string line, IReadOnlyList<Objective> objectives, int[] steps, List<StudyEvent> events)
    {
        if (Parse(line) is not { } point)
            return;
        for (var i = 0; i < objectives.Count; i++)
        {
            if (objectives[i].Name != point.Name)
                continue;
            var step = point.Step is { } said ? (int)Math.Clamp(said, 0, int.MaxValue - 1) : steps[i];
            steps[i] = Math.Max(steps[i], step + 1);
            events.Add(new MetricReported(trial, step, point.Value, i));
        }
    }

    private static MetricPoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ContractsJson.Default.MetricPoint);
        }
        catch (JsonException)
        {
            return null; // a line that a full disk cut; the points around it count
        }
    }
}
