using System.Text;
using Serverless.Contracts.Jobs;
using Serverless.Core.Content;
using Serverless.Core.Names;
using Serverless.Core.Secrets;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for the program, its arguments and its environment.</summary>
internal static class ProgramRules
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Check(ProgramSpec program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, FieldErrors errors)
    {
        if (program is { Command: null, Algorithm: null, Image: null })
            errors.Add("program", "Neither a command nor an algorithm nor an image is given.", "Give exactly one of 'command' and 'algorithm', or an 'image' whose entry point runs.");
        if (program is { Command: not null, Algorithm: not null })
            errors.Add("program", "Both a command and an algorithm are given.", "Give exactly one of 'command' and 'algorithm'.");
        if (program.Image is { } image)
            errors.AddRange(ImageRules.Check(image, errors.At("program.image")));
        else if (program.WritableRoot)
            errors.Add("program.writableRoot", "A writable root is asked for, and no image: a process has no file system of its own.", "Name an 'image', or leave 'writableRoot' out.");
        if (program.Command is { } command)
            CheckCommand(command, errors);
        if (program.Algorithm is { } algorithm)
            errors.AddRange(NameRules.Check(algorithm, errors.At("program.algorithm"), "algorithm"));
        if (program.GitCommit is { } commit && !(commit.Length is >= 7 and <= 64 && commit.All(char.IsAsciiHexDigit)))
            errors.Add("program.gitCommit", $"{Shown.Quote(commit)} is not a commit.", "Give its 7 to 64 hexadecimal digits, or leave it out.");
        errors.AddRange(ContentRules.Check(program.Code, errors.At("program.code")));
        CheckArguments(arguments, errors);
        CheckEnvironment(environment, errors);
    }

    /// <summary>What a system can pass to a program: no NUL, and text that UTF-8 can write.</summary>
    private static bool Passable(string? text, out int bytes)
    {
        bytes = 0;
        if (text is null || text.Contains('\0'))
            return false;
        try
        {
            bytes = Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static void CheckCommand(IReadOnlyList<string> command, FieldErrors errors)
    {
        if (command.Count == 0 || string.IsNullOrWhiteSpace(command[0]))
            errors.Add("program.command", "The command is empty.", "Give the executable and the arguments before the job's own, such as [\"python3\", \"train.py\"].");
        if (!errors.Count("program.command", command.Count, JobLimits.CommandParts, "parts of the command"))
            return;
        var total = 0;
        for (var i = 0; i < command.Count; i++)
        {
            if (Passable(command[i], out var bytes))
                total += bytes + 1;
            else
                NotPassable($"program.command[{i}]", "part of the command", errors);
        }

        if (total > JobLimits.ArgumentBytes)
            errors.Add("program.command", $"The command has {total} bytes; the limit is {JobLimits.ArgumentBytes}.", "Put what is long into a file of the code.");
    }

    private static void CheckArguments(IReadOnlyList<string> arguments, FieldErrors errors)
    {
        if (!errors.Count("arguments", arguments.Count, JobLimits.Arguments, "arguments"))
            return;
        var total = 0L;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Passable(arguments[i], out var bytes))
                total += bytes + 1;
            else
                NotPassable($"arguments[{i}]", "argument", errors);
        }

        if (total > JobLimits.ArgumentBytes)
            errors.Add("arguments", $"The arguments have {total} bytes together; the limit is {JobLimits.ArgumentBytes}.", "Put what is long into a file of the code or the data.");
    }

    private static void CheckEnvironment(IReadOnlyDictionary<string, string> environment, FieldErrors errors)
    {
        if (!errors.Count("environment", environment.Count, JobLimits.Variables, "variables"))
            return;
        var total = 0L;
        foreach (var (name, value) in environment)
        {
            var shown = Shown.Quote(name);
            if (!IsVariable(name))
                errors.Add("environment", $"{shown} is not a variable's name.", "Use letters, digits and '_'; begin with a letter or '_'; at most 128 characters.");
            else if (name.StartsWith("SERVERLESS_", StringComparison.OrdinalIgnoreCase))
                errors.Add("environment", $"The variable {shown} begins with 'SERVERLESS_', which the platform keeps for itself.", "Give it another name.");
            if (value is not null && SecretRef.Is(value) && SecretRef.NameOf(value) is null)
                errors.Add("environment", $"The variable {shown} has {Shown.Quote(value)}, which begins as a secret's reference and is none.",
                    $"Write '{SecretRef.Prefix}NAME' with the secret's name: lower-case letters, digits, '-', '_' and '.'.");
            if (Passable(value, out var bytes))
                total += name.Length + bytes + 2;
            else
                NotPassable("environment", $"value of the variable {shown}", errors);
        }

        if (total > JobLimits.VariableBytes)
            errors.Add("environment", $"The variables have {total} bytes together; the limit is {JobLimits.VariableBytes}.", "Put what is long into a file.");
    }

    private static bool IsVariable(string name) =>
        name.Length is > 0 and <= 128 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static void NotPassable(string where, string what, FieldErrors errors) =>
        errors.Add(where, $"The {what} is null, or has a NUL or half a surrogate pair: no program can be given that.", "Remove it.");
}
