using System.Runtime.InteropServices;
using Serverless.Agent.Starting;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Programs;

/// <summary>What to start for a ticket, or why nothing can be.</summary>
/// <param name="Start">What to start; null when it was not found.</param>
/// <param name="Problem">Why not, and what to do.</param>
internal sealed record ProgramPlan(ProgramStart? Start, string? Problem)
{
    /// <summary>Finds the program of a ticket.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="folder">Its folders, with code and inputs in them.</param>
    /// <param name="algorithms">The built-in algorithms' program; null when the node has none.</param>
    public static ProgramPlan For(JobTicket ticket, AttemptFolder folder, string? algorithms)
    {
        var environment = ProgramEnvironment.Build(ProgramEnvironment.Inherited(), ticket, folder);
        IReadOnlyList<string> words;
        if (ticket.Algorithm is { } algorithm)
        {
            if (algorithms is null || !File.Exists(algorithms))
                return new(null, $"The built-in algorithm '{algorithm}' cannot run here: this node has no algorithms ('{algorithms}'). Start the agent with --algorithms PATH, or give the job a command.");
            words = [.. algorithms.EndsWith(".dll", StringComparison.Ordinal) ? [Dotnet(), algorithms] : new[] { algorithms }, algorithm, .. ticket.Arguments];
        }
        else
        {
            words = [.. ticket.Command ?? [], .. ticket.Arguments];
        }

        environment.TryGetValue("PATH", out var path);
        if (words.FirstOrDefault(word => word.Contains('\0')) is not null)
            return new(null, "The program cannot be started: an argument has the character NUL, which no system can pass. Remove it.");
        var executable = ExecutableSearch.Find(words.Count == 0 ? "" : words[0], folder.Work, path);
        return executable is null
            ? new(null, $"The program '{(words.Count == 0 ? "" : words[0])}' does not exist on the node: not in the job's code, and not in PATH ({path}). Add it to the code folder (--code), correct its name, or use a node that has it.")
            : new(new ProgramStart(executable, [.. words.Skip(1)], environment, folder.Work), null);
    }

    /// <summary>The <c>dotnet</c> that runs this agent: it need not be in PATH.</summary>
    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
