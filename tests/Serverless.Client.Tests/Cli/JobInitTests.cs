using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary><c>job init</c>, as far as it needs no built programs beside it; the end-to-end tests build and run what it writes.</summary>
public sealed class JobInitTests
{
    [Fact]
    public async Task List_Templates_SaysWhatTheyAre()
    {
        using var folder = new TempFolder();
        var text = await RunAsync(folder, "job", "init", "--list");
        Assert.Equal(0, text.ExitCode);
        GoldenFile.Same("text/job-init-list", text.Out);
        using var json = JsonDocument.Parse((await RunAsync(folder, "job", "init", "--list", "--output", "json")).Out);
        Assert.Equal(["csharp", "torch"], json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Torch_IntoANewFolder_IsTheSampleWithItsProject()
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, "job", "init", "torch", "my-net", "--output", "json");
        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(["Program.cs", "my-net.csproj", "README.md", ".gitignore"], json.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "samples/torch-job/Program.cs")), File.ReadAllText(folder["my-net/Program.cs"]));
        Assert.Contains($">{Needs.RepositoryRoot()}</ServerlessSource>", File.ReadAllText(folder["my-net/my-net.csproj"]), StringComparison.Ordinal);
        Assert.DoesNotContain("{{", File.ReadAllText(folder["my-net/README.md"]) + File.ReadAllText(folder["my-net/my-net.csproj"]), StringComparison.Ordinal);
        Assert.Contains("await JobHost.RunAsync", File.ReadAllText(folder["my-net/Program.cs"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_WhereAFileIs_OverwritesNothing()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["net"]);
        File.WriteAllText(folder["net/README.md"], "mine");
        var run = await RunAsync(folder, "job", "init", "torch", "net");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("'README.md' is in", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Assert.Single(Directory.GetFiles(folder["net"]))));
    }

    [Theory]
    [InlineData("There is no template 'python'.", "csharp, torch", "python")]
    [InlineData("No template is named.", "csharp, torch")]
    [InlineData("'1net' cannot be a project's name.", "a letter first", "torch", "1net")]
    [InlineData("'größe' cannot be a project's name.", "a letter first", "torch", "größe")]
    public async Task Init_WrongInput_SaysTheCureAndWritesNothing(string said, string cure, params string[] arguments)
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, ["job", "init", .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Task<CliRun> RunAsync(TempFolder folder, params string[] arguments) => CliRun.WithAsync(new Dictionary<string, string>(), folder.Path, "", arguments);
}
