using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Problems;
using Spectre.Console;

namespace Serverless.Cli.Shell;

/// <summary>Data goes to stdout, talk to stderr; every text passes <see cref="SafeText"/>.</summary>
internal sealed class Output(CliIo io, bool json)
{
    private static readonly TimeSpan MinorPause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private IAnsiConsole? console;

    /// <summary>Whether data is JSON.</summary>
    public bool IsJson => json;

    /// <summary>Columns.</summary>
    public int Width => io.Width;

    /// <summary>A JSON document, or one line of several.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(value, type);
        lock (gate)
        {
            io.Out.WriteLine(text);
            io.Out.Flush();
        }
    }

    /// <summary>Data as a line of text.</summary>
    public void Line(string text)
    {
        lock (gate)
            io.Out.WriteLine(SafeText.Lines(text));
    }

    /// <summary>Data as text, already safe.</summary>
    public void Table(TextTable table)
    {
        lock (gate)
            io.Out.Write(table.Render(io.Width));
    }

    /// <summary>Data as tables, already safe.</summary>
    public void Blocks(BlockTable table)
    {
        lock (gate)
            io.Out.Write(table.Render(io.Width));
    }

    /// <summary>A line for the person who watches.</summary>
    public void Talk(string text)
    {
        lock (gate)
            io.Error.WriteLine(SafeText.Lines(text));
    }

    /// <summary>A line that says how to go on; programs do not need it.</summary>
    public void Hint(string text)
    {
        if (!json)
            Talk(text);
    }

    /// <summary>Says what failed and gives the exit code.</summary>
    public int Fail(CliError error)
    {
        if (json)
        {
            lock (gate)
                io.Error.WriteLine(JsonSerializer.Serialize(error with { Errors = error.Errors is { Count: > 0 } ? error.Errors : null }, CliJson.Default.CliError));
            return error.ExitCode;
        }

        IReadOnlyList<FieldError> errors = error.Errors ?? [];
        // What a message repeats of its errors is said once, where their paths are.
        if (errors is [{ Path.Length: > 0 } only] && only.Message == error.Message)
            (error, errors) = (error with { Message = $"{only.Path}: {only.Message}" }, []);
        else if (errors.Count > 1 && errors.All(one => error.Message.Contains(one.Message, StringComparison.Ordinal)))
            error = error with { Message = FormattableString.Invariant($"There are {errors.Count} errors:") };
        Talk(error.Message);
        foreach (var one in errors)
            Talk($"  {one.Path}: {one.Message} {one.Cure}");
        if (error.Cure is { Length: > 0 } cure)
            Talk(cure);
        return error.ExitCode;
    }

    /// <summary>Does something that takes a while, and says how it stands: as a moving line where a person watches, else as a line for each change.</summary>
    /// <param name="begin">How it stands at first.</param>
    /// <param name="work">Does it; it is given what to call with each new state.</param>
    public async Task<T> WhileAsync<T>(string begin, Func<Say, Task<T>> work)
    {
        if (!io.Interactive || json)
        {
            Talk(begin);
            return await work(Lines(begin));
        }

        console ??= AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(io.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = io.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        return await console.Status().StartAsync(Markup.Escape(SafeText.Line(begin)), context => work((state, _) => context.Status(Markup.Escape(SafeText.Line(state)))));
    }

    /// <summary>Lines that are drawn in their place, where a person watches; null: nobody does.</summary>
    public LiveFrame? Frame() => io.Interactive && !json ? new LiveFrame(io.Error, io.Color) : null;

    /// <summary>A line for each change, but what changes all the time only now and then: a log of it is read later, by somebody else.</summary>
    private Say Lines(string last)
    {
        var quietUntil = io.Clock.GetUtcNow() + MinorPause;
        return (state, isMinor) =>
        {
            if (state == last || (isMinor && io.Clock.GetUtcNow() < quietUntil))
                return;
            quietUntil = io.Clock.GetUtcNow() + MinorPause;
            Talk(last = state);
        };
    }
}
