using System.Text.RegularExpressions;
using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Hosted;

public sealed partial class FunctionNamesTests
{
    /// <summary>The sources of a project that this edition does not compile, so that an entry without its function is found here and not in Azure.</summary>
    [Fact]
    public void Catalogue_EveryEntry_HasItsFunctionInTheFunctionsApp()
    {
        var folder = Path.Combine(Needs.RepositoryRoot(), "functions", "Serverless.Functions", "Workflows");
        var source = string.Join('\n', Directory.EnumerateFiles(folder, "*.cs").Select(File.ReadAllText));
        var orchestrators = Orchestrator().Matches(source).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var activities = Activity().Matches(source).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        var (wantedWorkflows, wantedActivities) = FunctionNames.For(OrchestrationsCatalog.Create());
        Assert.Equal(wantedWorkflows.Keys.Order(StringComparer.Ordinal), orchestrators);
        Assert.Equal(wantedActivities.Keys.Append(FunctionNames.Look).Order(StringComparer.Ordinal), activities);
    }

    [Theory]
    [InlineData("a.b", "a-b")]
    [InlineData("workflow.look", "workflow-look")]
    public void Names_TwoEntriesOfOneFunction_AreRefused(string first, string second)
    {
        var catalog = new Script().Catalog.Add(new ActivityName<int, int>(first), _ => throw new NotSupportedException());
        if (second != FunctionNames.Look)
            catalog.Add(new ActivityName<int, int>(second), _ => throw new NotSupportedException());
        Assert.Contains(second, Assert.Throws<InvalidOperationException>(() => FunctionNames.For(catalog)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("1st")]
    [InlineData("späte")]
    [InlineData("a b")]
    public void Names_NoFunctionCanHave_AreRefused(string name)
    {
        var catalog = new Script().Catalog.Add(new ActivityName<int, int>(name), _ => throw new NotSupportedException());
        Assert.Throws<InvalidOperationException>(() => FunctionNames.For(catalog));
    }

    [GeneratedRegex("""\[Function\("([^"]+)"\)\]\s+public [^(]+\(\[OrchestrationTrigger\]""")]
    private static partial Regex Orchestrator();

    [GeneratedRegex("""\[Function\("([^"]+)"\)\]\s+public [^(]+\(\[ActivityTrigger\][^=]+=>\s+functions\.ActivityAsync\("\1",""")]
    private static partial Regex Activity();
}
