using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>Whether another job is what a study's trials are. Pure.</summary>
internal sealed class JobLikeness
{
    private readonly StudySpec study;
    private readonly HashSet<string> names;
    private readonly List<string> arguments;

    public JobLikeness(StudySpec study)
    {
        this.study = study;
        names = study.Space.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        arguments = Own(study.Job.Arguments);
    }

    /// <summary>The same algorithm, command and image. Its code may be another version.</summary>
    public bool IsSameProgram(JobSpec job) =>
        job.Program.Algorithm == study.Job.Program.Algorithm && job.Program.Image == study.Job.Program.Image
        && (job.Program.Command ?? []).SequenceEqual(study.Job.Program.Command ?? []);

    /// <summary>The same arguments, but for the parameters that the study varies.</summary>
    public bool HasSameArguments(JobSpec job) => Own(job.Arguments).SequenceEqual(arguments);

    /// <summary>The arguments without those that have a varied parameter's value: <c>--name value</c>, <c>--name=value</c>, and what has <c>{name}</c> in it.</summary>
    private List<string> Own(IReadOnlyList<string> all)
    {
        var own = new List<string>();
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].StartsWith("--", StringComparison.Ordinal) && names.Contains(all[i][2..].Split('=')[0]))
                i += all[i].Contains('=') ? 0 : 1;
            else if (!names.Any(name => all[i].Contains($"{{{name}}}", StringComparison.Ordinal)))
                own.Add(all[i]);
        }

        return own;
    }
}
