using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>What a job runs, in one line.</summary>
internal static class ProgramText
{
    public static string Of(JobSpec job) => ShellWords.Join([.. job.Program.Command ?? [job.Program.Algorithm ?? "?"], .. job.Arguments]);
}
