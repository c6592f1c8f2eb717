using System.Reflection;

namespace Serverless.Cli.Jobs;

/// <summary>A program to begin with.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it is.</param>
/// <param name="Libraries">Libraries that are put beside it.</param>
internal sealed record JobTemplate(string Name, string Description, IReadOnlyList<string> Libraries)
{
    /// <summary>All templates.</summary>
    public static IReadOnlyList<JobTemplate> All { get; } =
    [
        new("csharp", "A training loop in plain C# that writes ONNX; needs no package.", ["Serverless.Jobs", "Serverless.Onnx", "Google.Protobuf"]),
        new("torch", "A TorchSharp network and its loop, exported as ONNX; needs a clone and the public NuGet gallery.", []),
    ];

    /// <summary>The files by their path.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="source">The clone that the command line was built in; empty when it was not.</param>
    public IReadOnlyList<(string Path, string Text)> Files(string project, string source) =>
        [.. new[] { ("Program.cs", $"{Name}.Program.cs"), ($"{project}.csproj", $"{Name}.project.xml"), ("README.md", $"{Name}.README.md"), (".gitignore", "gitignore.txt") }
            .Select(file => (file.Item1, Read(file.Item2).Replace("{{name}}", project, StringComparison.Ordinal).Replace("{{source}}", source, StringComparison.Ordinal)))];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Templates.{resource}")!);
        return reader.ReadToEnd();
    }
}
