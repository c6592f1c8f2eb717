using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Serverless.Cli.Compute;
using Serverless.Cli.Costs;
using Serverless.Cli.Data;
using Serverless.Cli.Demo;
using Serverless.Cli.Endpoints;
using Serverless.Cli.Experiments;
using Serverless.Cli.Hosts;
using Serverless.Cli.Jobs;
using Serverless.Cli.Keys;
using Serverless.Cli.Models;
using Serverless.Cli.Offers;
using Serverless.Cli.Shell;
using Serverless.Cli.Studies;
using Serverless.Cli.Terminal;
using Serverless.Cli.Triggers;

namespace Serverless.Cli;

/// <summary>The whole program, apart from its process.</summary>
internal static class CliProgram
{
    /// <summary>Runs what was typed and gives the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliIo io, CancellationToken cancel)
    {
        var (own, rest) = RestArguments.Split(arguments);
        var build = new CommandBuilder(io, rest);
        var root = Root(build);
        // No response files: an argument that begins with '@' is the argument, not a file's name.
        var parsed = root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is not HelpAction && (parsed.Errors.Count > 0 || parsed.CommandResult.Command.Subcommands.Count > 0) && parsed.GetResult(VersionOf(root)) is null)
            return Refuse(parsed, build.Common, io);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = io.Out,
            Error = io.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        }, cancel);
    }

    private static RootCommand Root(CommandBuilder build)
    {
        var root = new RootCommand("Serverless machine learning: data in, trained model out, endpoint up, everything back to zero.") { HelpName = "serverless" };
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction { MaxWidth = 80 };
        root.Add(build.Common.Output);
        root.Add(build.Common.Url);
        root.Add(build.Common.Data);
        root.Add(UpCommand.Make(build));
        root.Add(DemoCommand.Make(build));
        root.Add(DataCommands.Make(build));
        root.Add(JobCommands.Make(build));
        root.Add(StudyCommands.Make(build));
        root.Add(ExperimentCommands.Make(build));
        root.Add(ModelCommands.Make(build));
        root.Add(EndpointCommands.Make(build));
        root.Add(PredictCommand.Make(build));
        root.Add(TriggerCommands.Make(build));
        root.Add(KeyCommands.Make(build));
        root.Add(ComputeCommands.MakeNode(build));
        root.Add(ComputeCommands.MakePool(build));
        root.Add(BudgetCommands.Make(build));
        root.Add(OfferCommands.Make(build));
        return root;
    }

    private static VersionOption VersionOf(RootCommand root) => root.Options.OfType<VersionOption>().Single();

    private static int Refuse(ParseResult parsed, CommonOptions common, CliIo io)
    {
        var json = parsed.GetResult(common.Output) is { Errors: var errors } && !errors.Any() && parsed.GetValue(common.Output) == OutputKind.Json;
        var output = new Output(io, json);
        var path = PathOf(parsed.CommandResult);
        if (parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            var commands = string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name));
            return output.Fail(new CliError("usage", $"'{path}' needs a command: {commands}.", $"'{path} --help' says what each does.", ExitCode.Usage));
        }

        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        var close = unknown is null ? [] : Suggestion.For(unknown, Suggestion.NamesOf(parsed.CommandResult.Command));
        var message = unknown is null
            ? string.Join(' ', parsed.Errors.Select(Describe).Distinct())
            : $"'{path}' does not know {SafeText.Quote(unknown)}.";
        var cure = (close.Count > 0 ? $"Did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}? " : "") + $"'{path} --help' shows what it takes.";
        return output.Fail(new CliError("usage", message, cure, ExitCode.Usage));
    }

    /// <summary>What the parser says of a value that it cannot convert names our types; a person wants to know what to type.</summary>
    private static string Describe(ParseError error)
    {
        if ((error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { Tokens: [var token], Option: var option }
            || error.Message.StartsWith(option.Name, StringComparison.Ordinal) || option.ValueType == typeof(string))
            return error.Message;
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        var expected = type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))}"
            : type == typeof(int) ? "a whole number" : "a number";
        return $"{option.Name} is {SafeText.Quote(token.Value)}; it must be {expected}.";
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "serverless";
}
