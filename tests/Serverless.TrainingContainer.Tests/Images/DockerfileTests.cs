using System.Text.RegularExpressions;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Images;

/// <summary>The images cannot be built here; what they must and must not have is read from their files.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> All => new("Dockerfile", "Agent.Dockerfile");

    [Theory]
    [MemberData(nameof(All))]
    public void Images_BeginWithBasesOfAFixedVersion(string file)
    {
        foreach (var (_, value) in Read(file).Where(line => line.Word == "FROM"))
        {
            var name = value.Split(' ')[0];
            Assert.True(name == "scratch" || FixedTag().IsMatch(name), $"'{name}' says no version.");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Images_FetchNothingByAddressAndKeepNoSecrets(string file)
    {
        var lines = Read(file);
        Assert.DoesNotContain(lines, line => line.Word == "ADD");
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

    private static List<(string Word, string Value)> Read(string file) =>
    [
        .. File.ReadAllLines(PathOf(file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..].Trim())),
    ];

    private static string PathOf(string file) => Path.Combine(Needs.RepositoryRoot(), "training-container", file);

    [GeneratedRegex(@":[0-9]+\.[0-9]+[a-z0-9.-]*(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex FixedTag();

    [GeneratedRegex("secret|password|token|key", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"[A-Za-z./-]+\.csproj")]
    private static partial Regex Project();
}
