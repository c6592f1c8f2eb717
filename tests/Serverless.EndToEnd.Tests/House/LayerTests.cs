using System.Diagnostics;
using System.Text.RegularExpressions;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.House;

/// <summary>The rules of the house are kept by the build: these tests break them on purpose.</summary>
public sealed partial class LayerTests
{
    [Theory]
    [InlineData("orchestrations/Serverless.Core", "Tuning", "SL0003")]
    [InlineData("training-container/Serverless.Agent", "Contracts", "SL0003")]
    [InlineData("orchestrations/Serverless.Core", "Cellar", "SL0002")]
    public async Task Build_ProjectThatKnowsTooMuch_Fails(string project, string layer, string error)
    {
        var (code, output) = await CheckAsync(project, $"-p:Layer={layer}");

        Assert.NotEqual(0, code);
        Assert.Contains(error, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_ProjectAsItIs_Passes()
    {
        var (code, output) = await CheckAsync("training-container/Serverless.Agent");

        Assert.True(code == 0, output);
    }

    [Fact]
    public void Solution_EveryProjectOnDisk_IsListed()
    {
        var root = Needs.RepositoryRoot();
        var listed = File.ReadAllText(Path.Combine(root, "Serverless.sln")).Replace('\\', '/');

        var forgotten = Projects(root).Where(path => !listed.Contains(path, StringComparison.Ordinal));

        Assert.Empty(forgotten);
    }

    [Fact]
    public void FullProjects_NoCoreProject_KnowsThem()
    {
        var root = Needs.RepositoryRoot();
        var layers = Projects(root).ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => (Layer: LayerElement().Match(File.ReadAllText(Path.Combine(root, path))).Groups[1].Value,
                References: Reference().Matches(File.ReadAllText(Path.Combine(root, path))).Select(match => match.Groups[1].Value)));
        var full = layers.Where(project => project.Value.Layer.EndsWith(".Full", StringComparison.Ordinal)).Select(project => project.Key).ToHashSet();

        var wrong = layers.Where(project => !full.Contains(project.Key) && project.Value.References.Any(full.Contains)).Select(project => project.Key);

        Assert.NotEmpty(full);
        Assert.Empty(wrong);
    }

    [Fact]
    public void FullProjects_AllOfThem_AreLeftOutOfTheCoreEdition()
    {
        var root = Needs.RepositoryRoot();
        var leftOut = File.ReadAllText(Path.Combine(root, "Directory.Solution.targets"));
        var full = Projects(root).Where(path => LayerElement().Match(File.ReadAllText(Path.Combine(root, path))).Groups[1].Value.EndsWith(".Full", StringComparison.Ordinal));

        var kept = full.Select(Path.GetFileNameWithoutExtension).Where(name => !leftOut.Contains($"'{name}'", StringComparison.Ordinal)).ToList();
        Assert.Empty(kept);
    }

    private static IEnumerable<string> Projects(string root) =>
        new[] { "functions", "orchestrations", "training-container", "infra", "client", "tests" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(root, room), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));

    private static async Task<(int Code, string Output)> CheckAsync(string project, params string[] more)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-t:CheckLayers", "-nologo", "-nodeReuse:false", .. more])
        {
            WorkingDirectory = Needs.RepositoryRoot(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex("<Layer>([^<]*)</Layer>")]
    private static partial Regex LayerElement();

    [GeneratedRegex("<ProjectReference Include=\"[^\"]*?([A-Za-z.]+)\\.csproj\"")]
    private static partial Regex Reference();
}
