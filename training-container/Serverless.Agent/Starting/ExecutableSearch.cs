namespace Serverless.Agent.Starting;

/// <summary>Finds what the first word of a command names.</summary>
internal static class ExecutableSearch
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A word with a slash is a path relative to the working folder; any other is looked for in PATH, then in the working folder.</summary>
    /// <param name="word">The first word.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="path">The value of PATH that the program will have.</param>
    /// <returns>An absolute path, or null. A file that is there but may not be executed is returned too: starting it tells why not.</returns>
    public static string? Find(string word, string folder, string? path)
    {
        if (word.Length == 0 || word.Contains('\0'))
            return null;
        if (word.Contains('/'))
            return File.Exists(Path.Combine(folder, word)) ? Path.GetFullPath(Path.Combine(folder, word)) : null;
        var found = (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => Path.Combine(folder, each, word))
            .FirstOrDefault(MayExecute);
        var beside = Path.Combine(folder, word);
        return found ?? (File.Exists(beside) ? beside : null);
    }

    /// <summary>Why a program could not be started, and what to do.</summary>
    public static string Explain(string executable, int error) => error switch
    {
        2 => $"The program '{executable}' could not be started: the interpreter in its first line does not exist on the node. Correct the line that begins with #!, or name the interpreter in the command.",
        7 => "The program could not be started: its arguments and environment are larger than the system takes. Pass long values in a file.",
        8 => $"The program '{executable}' could not be started: it is not a program for this machine, nor a script that begins with #!. Name its interpreter in the command, such as python3.",
        13 => $"The program '{executable}' could not be started: it may not be executed. Let the script begin with a line such as '#!/bin/sh', or name its interpreter in the command.",
        _ => $"The program '{executable}' could not be started: the system's error is {error}.",
    };

    private static bool MayExecute(string file) => File.Exists(file) && (File.GetUnixFileMode(file) & AnyExecute) != 0;
}
