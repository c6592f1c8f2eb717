namespace Serverless.TestKit;

/// <summary>What a test needs that not every machine has. Without it the test is skipped with the reason, or fails when the machine was said to have it.</summary>
public static class Needs
{
    /// <summary>Names what this machine must have, separated by commas, such as <c>torch,onnx</c>.</summary>
    public const string RequireVariable = "SERVERLESS_REQUIRE";

    /// <summary>Goes on only when something is there.</summary>
    /// <param name="name">Its name in <see cref="RequireVariable"/>.</param>
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="cure">What would bring it.</param>
    public static void Have(string name, bool isThere, string cure)
    {
        if (isThere)
            return;
        var required = (Environment.GetEnvironmentVariable(RequireVariable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(name), $"{RequireVariable} names '{name}', but it is not here. {cure}");
        Assert.Skip($"'{name}' is not on this machine. {cure}");
    }

    /// <summary>Goes on only when the system's Python can import a module, and gives its path.</summary>
    public static string Python(string module, string package)
    {
        const string python = "/usr/bin/python3";
        Have(package, File.Exists(python) && Imports(python, module), $"Install Debian's python3-{package}.");
        return python;
    }

    /// <summary>Goes on only when a file of the shared test data is there, and gives its path.</summary>
    public static string SharedData(string file)
    {
        var path = Path.Combine(RepositoryRoot(), "..", "shared", "data", file);
        Have("data", File.Exists(path), $"Put '{file}' into ../shared/data beside the repository.");
        return Path.GetFullPath(path);
    }

    /// <summary>The repository's root: the folder that holds the solution.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"There is no Serverless.sln above '{AppContext.BaseDirectory}'.");
    }

    private static bool Imports(string python, string module)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(python, ["-c", $"import {module}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
