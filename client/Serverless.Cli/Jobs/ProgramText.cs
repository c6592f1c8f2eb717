using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>What a job runs, in one line.</summary>
internal static class ProgramText
{
    public static string Of(JobSpec job)
    {
        var program = job.Program;
        string[] image = program.Image is { } name ? [name] : [];
        string[] algorithm = program.Algorithm is { } named ? [named] : [];
        return ShellWords.Join([.. image, .. program.Command ?? algorithm, .. job.Arguments]);
    }
}
