using System.CommandLine;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary><c>study resize|resume</c>: new limits, for a study that runs and for one that has ended.</summary>
internal static class StudyLimitCommands
{
    public static Command Resize(CommandBuilder build)
    {
        var (id, options) = (CommandBuilder.Argument("ID", "The study."), new LimitOptions());
        return build.Make("resize", "Change the limits of a study that runs; what is left out stays.", [id, .. options.All], async run =>
        {
            var resize = new StudyResize { Trials = run.Get(options.Trials), Parallelism = run.Get(options.Parallel), Failures = run.Get(options.Failures), Seconds = options.ReadSeconds(run), MaxCost = options.ReadCost(run) };
            if (resize == new StudyResize())
                throw CliException.Usage("Nothing is to be changed.", "Give --trials, --parallel, --failures, --max-hours or --max-cost.");
            StudyText.Write(run.Output, await run.Client.Studies.ResizeAsync(run.Get(id), resize, run.Cancel), run.Io.Clock);
            return ExitCode.Ok;
        });
    }

    public static Command Resume(CommandBuilder build)
    {
        var (id, options) = (CommandBuilder.Argument("ID", "The study."), new LimitOptions());
        var target = new Option<double?>("--target") { Description = "A value of the one objective that is good enough.", HelpName = "VALUE" };
        var wait = CommandBuilder.Switch("--wait", "Wait until the study has ended and say each step; the exit code is then 0 only if it succeeded.");
        return build.Make("resume", "Let a study that has ended go on with all its trials; what is left out of its limits stays.", [id, .. options.All, target, wait], async run =>
        {
            var resume = new StudyResume
            {
                Trials = run.Get(options.Trials),
                Parallelism = run.Get(options.Parallel),
                Failures = run.Get(options.Failures),
                Seconds = options.ReadSeconds(run),
                MaxCost = options.ReadCost(run),
                Target = run.Get(target),
            };
            var study = await run.Client.Studies.ResumeAsync(run.Get(id), resume, run.Cancel);
            if (run.Get(wait))
                study = await StudyFollowing.ToEndAsync(run, study);
            StudyText.Write(run.Output, study, run.Io.Clock);
            return !run.Get(wait) || study.Status == StudyStatus.Succeeded ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private sealed class LimitOptions
    {
        public Option<int?> Trials { get; } = CommonOptions.Ranged("--trials", "N", "Trials in all, 1 to 100000.", 1, 100_000);

        public Option<int?> Parallel { get; } = CommonOptions.Ranged("--parallel", "N", "Trials at once, 1 to 1000.", 1, 1_000);

        public Option<int?> Failures { get; } = CommonOptions.Ranged("--failures", "N", "Failed trials after which it gives up.", 1, 100_000);

        public Option<double?> Hours { get; } = new("--max-hours") { Description = "The hours of its running after which no trial is started.", HelpName = "HOURS" };

        public Option<string?> MaxCost { get; } = CommandBuilder.Option("--max-cost", "AMOUNT", "The most that the study may cost.");

        public Symbol[] All => [Trials, Parallel, Failures, Hours, MaxCost];

        public double? ReadSeconds(Invocation run) => run.Get(Hours) * 3_600;

        public decimal? ReadCost(Invocation run)
        {
            if (run.Get(MaxCost) is not { } text)
                return null;
            try
            {
                return JobTexts.Amount(text);
            }
            catch (FormatException e)
            {
                throw CliException.Usage($"--max-cost {SafeText.Quote(text)} cannot be read.", e.Message);
            }
        }
    }
}
