using Serverless.Cli.Shell;

namespace Serverless.Cli.Hosts;

/// <summary>Finds the programs that the command line starts: in <c>libexec/NAME/</c> beside it (published), else where <c>programs.txt</c> beside it says (built).</summary>
/// <param name="folder">The folder of the command line.</param>
internal sealed class StartedPrograms(string folder)
{
    /// <summary>The host.</summary>
    public const string Local = "Serverless.Local";

    /// <summary>The agent that the host starts for each node.</summary>
    public const string Agent = "Serverless.Agent";

    /// <summary>The built-in algorithms that an agent starts.</summary>
    public const string Algorithms = "Serverless.Algorithms";

    /// <summary>Those of this process.</summary>
    public static StartedPrograms OfProcess { get; } = new(AppContext.BaseDirectory);

    /// <summary>A program's file: its executable where it has one, else its <c>.dll</c>.</summary>
    /// <exception cref="CliException">It is nowhere.</exception>
    public string Find(string name)
    {
        var published = Path.Combine(folder, "libexec", name, $"{name}.dll");
        var dll = File.Exists(published) ? published : Built(name);
        if (dll is null || !File.Exists(dll))
            throw CliException.Failed($"The program '{name}' is not beside the command line: neither '{published}' nor '{dll ?? Path.Combine(folder, "programs.txt")}' is there.", "Build the solution, or publish the command line again.");
        var executable = Path.ChangeExtension(dll, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(executable) ? executable : dll;
    }

    private string? Built(string name)
    {
        var list = Path.Combine(folder, "programs.txt");
        return File.Exists(list) ? File.ReadLines(list).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) : null;
    }
}
