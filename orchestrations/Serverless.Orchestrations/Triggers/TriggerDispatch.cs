using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Jobs;
using Serverless.Core.Datasets;
using Serverless.Core.Telemetry;
using Serverless.Core.Triggers;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Triggers;

/// <summary>
/// Starts the jobs of the triggers that watch some data. Of the messages about the same data (late, doubled, on two hosts at once) exactly one starts a job:
/// the one that writes the firing's record. The others find it and complete what was broken off, if anything was.
/// </summary>
public sealed partial class TriggerDispatch(TriggerSet triggers, FiringSet firings, DatasetSet datasets, JobSubmission submission, ILogger<TriggerDispatch> log)
{
    /// <summary>Answers a message that a version of a data set landed. Any number of times.</summary>
    /// <param name="dataset">The version, as <c>name@version</c>.</param>
    /// <param name="cancel">Breaks off; the next message or the sweep completes it.</param>
    /// <returns>How many jobs were started by this call.</returns>
    public async Task<int> HandleAsync(string dataset, CancellationToken cancel)
    {
        if (await datasets.FindAsync(dataset, cancel) is not { } version)
        {
            LogUnknownData(dataset);
            return 0;
        }

        var started = 0;
        await foreach (var trigger in triggers.AllAsync(null, cancel))
            started += await FireAsync(trigger, version, cancel) ? 1 : 0;
        return started;
    }

    /// <summary>Starts the job of one trigger for one version, unless it does not watch it or has started it before.</summary>
    internal async Task<bool> FireAsync(TriggerRecord trigger, DatasetVersion version, CancellationToken cancel)
    {
        if (version.CreatedAt < trigger.CreatedAt || !TriggerPrefix.Parse(trigger.Spec.Prefix).Watches(version))
            return false;
        var dataset = DatasetSet.Id(version.Name, version.Version);
        var content = DatasetVersions.ContentHash(version.Files);
        var id = FiringSet.Id(trigger.Name, version.Name, content);
        if (await firings.FindAsync(id, cancel) is not { } firing)
        {
            using var span = TraceContext.Start(JobTelemetry.Source, "trigger.fire", version.TraceParent, ActivityKind.Consumer);
            var job = submission.Draft(Fill(trigger.Spec.Job, dataset), Source(trigger.Name));
            span?.SetTag("serverless.trigger", trigger.Name).SetTag(TelemetryNames.JobId, job.Id);
            firing = new TriggerFiring(trigger.Name, dataset, job.Id, job.CreatedAt) { Job = job.Spec, Content = content, TraceParent = TraceContext.Current ?? version.TraceParent };
            if (!await firings.CreateAsync(firing, cancel))
                firing = await firings.FindAsync(id, cancel) ?? firing;
        }

        return await CompleteAsync(firing, cancel);
    }

    /// <summary>Records and starts the job of a firing, unless that was done.</summary>
    internal async Task<bool> CompleteAsync(TriggerFiring firing, CancellationToken cancel)
    {
        if (firing.Started || firing.Job is not { } spec)
            return false;
        await submission.EnsureAsync(submission.Draft(spec, Source(firing.Trigger), firing.JobId) with { TraceParent = firing.TraceParent }, cancel);
        var first = false;
        await firings.UpdateAsync(
            FiringSet.Id(firing),
            now =>
            {
                first = !now.Started;
                return now.Started ? now : now with { Started = true };
            },
            cancel);
        if (first)
        {
            JobTelemetry.TriggerFired();
            LogFired(firing.Trigger, firing.Dataset, firing.JobId);
        }

        return first;
    }

    private static string Source(string trigger) => $"trigger:{trigger}";

    private static JobSpec Fill(JobSpec spec, string dataset) =>
        spec with { Inputs = [.. spec.Inputs.Select(input => input.Dataset is null ? input with { Dataset = dataset } : input)] };
}
