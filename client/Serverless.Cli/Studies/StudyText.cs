using System.Globalization;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary>A study in words.</summary>
internal static class StudyText
{
    /// <summary>One line of progress.</summary>
    public static string Line(Study study) =>
        string.Create(CultureInfo.InvariantCulture, $"{study.Id}: {Words.Of(study.Status)}  {Counts(study)}{(study.Best.Count > 0 ? $"  best {Values(study, study.Best[0])}" : "")}");

    /// <summary>How many trials there are of each kind.</summary>
    public static string Counts(Study study)
    {
        var counts = study.Trials;
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{counts.Complete} of {study.Spec.Limits.Trials} complete") };
        Add(counts.Running, "running");
        Add(counts.Pruned, "pruned");
        Add(counts.Failed, "failed");
        Add(counts.Cut, "broken off");
        Add(counts.Imported, "from earlier studies");
        return string.Join(", ", parts);

        void Add(int count, string what)
        {
            if (count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }

    /// <summary>A trial's values with the names of the objectives.</summary>
    public static string Values(Study study, StudyTrial trial) =>
        string.Join(", ", trial.Values.Zip(study.Spec.Objectives, (value, objective) => $"{objective.Metric} = {Words.Number(value)}"));

    /// <summary>A trial's parameters.</summary>
    public static string Parameters(StudyTrial trial) => string.Join(' ', trial.Parameters.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>How long it ran: all its runs, without the times between them.</summary>
    public static TimeSpan Elapsed(Study study, DateTimeOffset now) =>
        TimeSpan.FromSeconds(study.EarlierSeconds) + ((study.EndedAt ?? now) - (study.ResumedAt ?? study.CreatedAt));

    /// <summary>All of it, as data.</summary>
    public static void Write(Output output, Study study, TimeProvider clock)
    {
        if (output.IsJson)
        {
            output.Json(study, ContractsJson.Default.Study);
            return;
        }

        var facts = new Facts();
        facts.Add("study", study.Id);
        facts.Add("name", study.Name);
        facts.Add("status", study.Status == StudyStatus.Running ? Words.Of(study.Status) : $"{Words.Of(study.Status)} ({Words.Of(study.StopReason)})");
        facts.Add("experiment", study.Spec.Experiment);
        facts.Add("message", study.Message);
        facts.Add("cure", study.Cure);
        facts.Add("program", ProgramText.Of(study.Spec.Job));
        facts.Add("search", $"{study.Spec.Sampler.Name}{(study.Spec.Pruner.Name == "none" ? "" : $", pruned by {study.Spec.Pruner.Name}")}, {study.Spec.Space.Parameters.Count} parameters");
        facts.Add("trials", string.Create(CultureInfo.InvariantCulture, $"{Counts(study)}; {study.Spec.Limits.Parallelism} at once"));
        facts.Add("created", $"{Words.Date(study.CreatedAt)}, {Words.Time(Elapsed(study, clock.GetUtcNow()))} in all");
        facts.Add("resumed", study.ResumedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{Words.Date(at)}, run {study.Run}") : null);
        facts.Add("cost", $"{Words.Money(study.Cost, study.Currency)}{(study.Spec.Limits.MaxCost is { } most ? $" of at most {Words.Money(most, study.Currency)}" : "")}");
        foreach (var best in study.Best.Take(10))
            facts.Add("best", $"#{best.Number}  {Values(study, best)}  {Parameters(best)}  {best.JobId}");
        facts.Add("model", study.Model);
        facts.Add("endpoint", study.Endpoint);
        facts.Write(output);
    }
}
