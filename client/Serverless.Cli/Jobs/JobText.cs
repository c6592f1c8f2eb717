using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>A job in words.</summary>
internal static class JobText
{
    /// <summary>Where it stands, and why when it ended otherwise than well.</summary>
    public static string Status(Job job) => job.Status is JobStatus.Failed && job.Reason is not JobReason.None
        ? $"{Words.Of(job.Status)} ({Words.Of(job.Reason)})"
        : Words.Of(job.Status);

    /// <summary>How long it has taken, or took.</summary>
    public static string Time(Job job, TimeProvider clock) => Words.Time((job.EndedAt ?? clock.GetUtcNow()) - job.CreatedAt);

    /// <summary>One line of progress.</summary>
    public static string Line(Job job) => $"{job.Id}: {Status(job)} {Words.Metrics(job.Metrics)}".TrimEnd();

    /// <summary>All of it.</summary>
    public static void Show(Output output, Job job, TimeProvider clock)
    {
        var facts = new Facts();
        facts.Add("job", job.Id);
        facts.Add("name", job.Name);
        facts.Add("status", Status(job));
        facts.Add("experiment", job.Spec.Experiment);
        facts.Add("message", job.Message);
        facts.Add("cure", job.Cure);
        facts.Add("program", ProgramText.Of(job.Spec));
        foreach (var input in job.Spec.Inputs)
            facts.Add("input", $"{input.Channel} = {input.Dataset}{(input.Path is { } path ? $":{path}" : "")}");
        facts.Add("checkpoint", job.StartedFrom is not { } start ? null : start.WrittenBy is { } writer ? $"began with number {start.Sequence} of {writer}, {Words.Bytes(start.SizeBytes)}" : $"{start.JobId} has none to begin with");
        facts.Add("source", job.Source);
        facts.Add("created", $"{Words.Date(job.CreatedAt)}, {Time(job, clock)} in all{Started(job)}");
        facts.Add("attempt", $"{job.Attempt} of {job.Spec.Limits.MaxAttempts}{(job.ExitCode is { } code ? $", exit code {code}" : "")}");
        facts.Add("metrics", Words.Metrics(job.Metrics));
        if (job.Placement is { } placement)
            PlacementText.Add(facts, placement);
        facts.Add("staging", job.Staging is { } staging ? $"{Words.Bytes(staging.CopiedBytes)} copied, {Words.Bytes(staging.CachedBytes)} were there" : null);
        facts.Add("machine", job.Machine is { } machine ? $"{machine.NodeId}, {machine.Size}, {machine.VCpus} vCPU, {Words.Bytes(machine.MemoryBytes)}{Gpus(machine)}" : null);
        facts.Add("image", job.Machine?.Image);
        facts.Add("cost", job.Cost is { } cost ? $"{Words.Money(cost.Amount, cost.Currency)}{(job.EndedAt is null ? " so far" : "")}{(job.Spec.Limits.MaxCost is { } most ? $" of at most {Words.Money(most, cost.Currency)}" : "")} for {cost.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s at {Words.Money(cost.PricePerHour, cost.Currency)} per hour, factor 1" : null);
        foreach (var gate in job.Spec.Model?.Gate ?? [])
            facts.Add("gate", GateText.Write(gate));
        facts.Add("model", job.Model);
        facts.Add("endpoint", job.Endpoint);
        facts.Write(output);
        if (job.LogTail.Count == 0)
            return;
        output.Line("the last lines of its log:");
        foreach (var line in job.LogTail)
            output.Line($"  {SafeText.Line(line)}");
    }

    private static string Started(Job job) => job.StartedAt is { } started ? $", running after {Words.Time(started - job.CreatedAt)}" : "";

    private static string Gpus(JobMachine machine) => machine.Gpus.Count > 0 ? $", {string.Join(", ", machine.Gpus)}" : "";
}
