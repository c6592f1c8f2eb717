using System.CommandLine;

namespace Serverless.Cli.Shell;

/// <summary>Makes commands that run within <see cref="Invocation"/>s.</summary>
/// <param name="io">The streams.</param>
/// <param name="rest">What came after <c>--</c>.</param>
internal sealed class CommandBuilder(CliIo io, IReadOnlyList<string>? rest)
{
    /// <summary>Options that every command has.</summary>
    public CommonOptions Common { get; } = new();

    /// <summary>A command that groups others.</summary>
    public static Command Group(string name, string description, params ReadOnlySpan<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
            group.Add(command);
        return group;
    }

    /// <summary>A command that does something.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does, in one line.</param>
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="run">Does it and gives the exit code.</param>
    /// <param name="takesRest">Whether <c>--</c> and what comes after it mean something to it.</param>
    public Command Make(string name, string description, Symbol[] symbols, Func<Invocation, Task<int>> run, bool takesRest = false)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            using var invocation = new Invocation(parsed, Common, io, rest, cancel);
            try
            {
                if (rest is not null && !takesRest)
                    throw CliException.Usage($"'{name}' takes nothing after '--'.", "Only 'job run', 'trigger add' and 'up' do.");
                return await run(invocation);
            }
            catch (Exception e)
            {
                // The one place where a command's failure becomes words and an exit code.
                return invocation.Output.Fail(CliError.Of(e, e is OperationCanceledException && cancel.IsCancellationRequested));
            }
        });
        return command;
    }

    /// <summary>An argument that must be given.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value.Length == 0)
                result.AddError($"{name} is empty.");
        });
        return argument;
    }

    /// <summary>An option with a value.</summary>
    public static Option<string?> Option(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };

    /// <summary>An option that may be given several times, each time with one value.</summary>
    public static Option<string[]> Several(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => [] };

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };
}
