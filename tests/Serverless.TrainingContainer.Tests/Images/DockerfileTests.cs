using System.Text.RegularExpressions;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Images;

/// <summary>The images cannot be built here; what they must and must not have is read from their files.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> All => new("Dockerfile", "Agent.Dockerfile", "Torch.Dockerfile");

    [Theory]
    [MemberData(nameof(All))]
    public void Images_BeginWithBasesOfAFixedVersion(string file)
    {
        var stages = new HashSet<string> { "scratch" };
        foreach (var (_, value) in Read(file).Where(line => line.Word == "FROM"))
        {
            var words = value.Split(' ');
            Assert.True(stages.Contains(words[0]) || FixedTag().IsMatch(words[0]), $"'{words[0]}' says no version.");
            if (words is [_, "AS", var stage])
                stages.Add(stage);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Images_FetchNothingByAddressWithoutItsHashAndKeepNoSecrets(string file)
    {
        var lines = Read(file);
        Assert.All(lines.Where(line => line.Word == "ADD"), line => Assert.Matches("^--checksum=sha256:[0-9a-f]{64} https://", line.Value));
        Assert.DoesNotContain(lines, line => line.Word is "ARG" or "ENV" && SecretWord().IsMatch(line.Value));
        Assert.DoesNotContain(lines, line => line.Value.Contains("curl", StringComparison.Ordinal) || line.Value.Contains("sudo", StringComparison.Ordinal) || line.Value.Contains("--mount=type=secret", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Images_CopyWhatIsThere(string file)
    {
        var projects = Read(file).SelectMany(line => Project().Matches(line.Value)).Select(match => match.Value).ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(File.Exists(Path.Combine(Needs.RepositoryRoot(), project)), $"There is no '{project}'."));
    }

    [Fact]
    public void TrainingImage_IsNotRootAndStartsItsProgramWithoutAShell()
    {
        var last = LastStage("Dockerfile");

        var user = Assert.Single(last, line => line.Word == "USER").Value;
        Assert.Matches(@"^[1-9][0-9]*:[1-9][0-9]*$", user);
        Assert.Equal("""["/program/Serverless.Algorithms"]""", Assert.Single(last, line => line.Word == "ENTRYPOINT").Value);
        Assert.DoesNotContain(last, line => line.Word is "CMD" or "RUN" or "VOLUME" or "WORKDIR" or "EXPOSE");
        Assert.DoesNotContain(last, line => line.Value.Contains("sdk", StringComparison.Ordinal));
    }

    [Fact]
    public void TrainingImage_HasTheAlgorithmsAndNotTheAgent()
    {
        var all = File.ReadAllText(PathOf("Dockerfile"));

        Assert.Contains("Serverless.Algorithms.csproj", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Serverless.Agent", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch-cpu", "cpu")]
    [InlineData("torch-cuda", "cuda")]
    public void TorchImage_OfEachDevice_HasItsProgramAndTheBridgeAndIsNotRoot(string target, string device)
    {
        var (parent, stage) = Stage("Torch.Dockerfile", target);
        var (_, common) = Stage("Torch.Dockerfile", parent);
        var (_, build) = Stage("Torch.Dockerfile", $"{target}-build");

        Assert.Matches(@"^[1-9][0-9]*:[1-9][0-9]*$", Assert.Single(common, line => line.Word == "USER").Value);
        Assert.Equal("""["/program/Serverless.Torch"]""", Assert.Single(common, line => line.Word == "ENTRYPOINT").Value);
        Assert.Equal($"--from={target}-build /program /program", Assert.Single(stage, line => line.Word == "COPY").Value);
        Assert.DoesNotContain(common.Concat(stage), line => line.Word is "CMD" or "RUN" or "VOLUME" or "WORKDIR" or "EXPOSE" or "ADD" || line.Word == "USER" && line.Value.StartsWith('0'));
        Assert.All(build.Where(line => line.Value.Contains("Serverless.Torch.csproj", StringComparison.Ordinal)), line => Assert.Contains($"-p:TorchDevice={device}", line.Value, StringComparison.Ordinal));
        Assert.Contains(build, line => line is ("COPY", "--from=bridge /bridge/out/libServerlessTorchBridge.so /program/"));
        Assert.Contains(build, line => line is ("RUN", "sh /contents.sh /program"));
    }

    [Fact]
    public void TorchImage_WithoutATarget_IsTheOneForProcessors() => Assert.Equal(Stage("Torch.Dockerfile", "torch-cpu").Lines, LastStage("Torch.Dockerfile").Skip(1));

    [Fact]
    public void TorchImage_Libtorch_IsTheOneThatTheBridgeIsCompiledFor()
    {
        var pins = File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "Directory.Packages.props"));
        var libtorch = Regex.Match(pins, @"Include=""TorchSharp-cpu"" Version=""([0-9.]+)"" /><!-- libtorch ([0-9.]+) -->");
        var text = File.ReadAllText(PathOf("Torch.Dockerfile"));

        Assert.True(libtorch.Success, "Directory.Packages.props does not say beside TorchSharp-cpu which libtorch it is for.");
        Assert.Contains($"TorchSharp {libtorch.Groups[1].Value} is built for", text, StringComparison.Ordinal);
        Assert.Contains($"libtorch-shared-with-deps-{libtorch.Groups[2].Value}.0%2Bcpu.zip", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TorchImage_Restore_ComesBeforeTheSourcesWithEveryProjectThatItNeeds()
    {
        var root = Needs.RepositoryRoot();
        var copied = Read("Torch.Dockerfile").Where(line => line.Word == "COPY").SelectMany(line => Project().Matches(line.Value)).Select(match => match.Value).ToHashSet();
        var waiting = new Queue<string>(["training-container/Serverless.Torch/Serverless.Torch.csproj"]);
        while (waiting.TryDequeue(out var project))
        {
            Assert.Contains(project, copied);
            foreach (Match reference in Regex.Matches(File.ReadAllText(Path.Combine(root, project)), @"<ProjectReference Include=""([^""]+)"""))
                waiting.Enqueue(Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(project)!, reference.Groups[1].Value))));
        }
    }

    [Fact]
    public void Workflow_BuildsTheTorchImageAndTestsIt()
    {
        var workflow = File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), ".github", "workflows", "ci.yml"));

        Assert.Contains("docker build --file training-container/Torch.Dockerfile", workflow, StringComparison.Ordinal);
        Assert.Contains("--network none serverless/torch --self-test", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void AgentImage_IsTheAgentInItsFolderAndNothingElse()
    {
        var last = LastStage("Agent.Dockerfile");

        Assert.Equal([("FROM", "scratch"), ("COPY", "--from=build /agent /agent")], last);
    }

    [Fact]
    public void BuildContext_LeavesOutWhatIsBuiltAndWhatIsPrivate()
    {
        var left = File.ReadAllLines(Path.Combine(Needs.RepositoryRoot(), ".dockerignore"));

        Assert.Superset(new HashSet<string> { ".git", "artifacts", "**/bin", "**/obj" }, left.ToHashSet());
    }

    private static List<(string Word, string Value)> LastStage(string file)
    {
        var lines = Read(file);
        return lines[lines.FindLastIndex(line => line.Word == "FROM")..];
    }

    private static (string Parent, List<(string Word, string Value)> Lines) Stage(string file, string name)
    {
        var lines = Read(file);
        var first = lines.FindIndex(line => line.Word == "FROM" && line.Value.EndsWith($" AS {name}", StringComparison.Ordinal));
        Assert.True(first >= 0, $"There is no stage '{name}'.");
        return (lines[first].Value.Split(' ')[0], [.. lines.Skip(first + 1).TakeWhile(line => line.Word != "FROM")]);
    }

    private static List<(string Word, string Value)> Read(string file) =>
    [
        .. Regex.Replace(File.ReadAllText(PathOf(file)), @"\\\n *", "").Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..].Trim())),
    ];

    private static string PathOf(string file) => Path.Combine(Needs.RepositoryRoot(), "training-container", file);

    [GeneratedRegex(@":[0-9]+\.[0-9]+[a-z0-9.-]*(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex FixedTag();

    [GeneratedRegex("secret|password|token|key", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"[A-Za-z./-]+\.csproj")]
    private static partial Regex Project();
}
