using System.CommandLine;
using Serverless.Cli.Shell;

namespace Serverless.Cli.Studies.Findings;

/// <summary>What the commands about a study's findings share.</summary>
internal static class FindingOptions
{
    public static Argument<string> Id() => CommandBuilder.Argument("ID", "The study.");

    public static Option<string?> Objective() => CommandBuilder.Option("--objective", "METRIC", "The objective, by its metric. Default: the first.");
}
