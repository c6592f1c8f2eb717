using System.Text.Json;
using Serverless.Infra.Tests.Templates.Reading;
using Serverless.Infra.Tests.Templates.Rules;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Templates;

public sealed class WorkflowTests
{
    [Theory]
    [InlineData("ci.yml")]
    [InlineData("deploy.yml")]
    public void Workflow_Text_KeepsTheRules(string file)
    {
        var found = WorkflowRules.Check(file, Workflow(file)).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("actions/checkout@v5", "actions/checkout@main", "'actions/checkout@main' has no fixed major version")]
    [InlineData("id-token: write", "packages: write", "asks for 'packages: write'")]
    [InlineData("      id-token: write\n", "", "without 'id-token: write'")]
    [InlineData("permissions:\n  contents: read\nconcurrency", "permissions: write-all\nconcurrency", "must be 'contents: read'")]
    [InlineData("    timeout-minutes: 60\n", "", "'deploy' has no time limit")]
    [InlineData("${{ vars.AZURE_CLIENT_ID }}", "${{ secrets.AZURE_CLIENT_ID }}", "stored secret")]
    [InlineData("run: azd provision --no-prompt", "run: azd provision --environment ${{ github.ref }}", "has an expression in it")]
    [InlineData("  workflow_dispatch:", "  pull_request_target:", "strangers' code")]
    public void Workflow_AWorseCopy_IsNamed(string old, string now, string finding)
    {
        var text = Workflow("deploy.yml");
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.Contains(WorkflowRules.Check("deploy.yml", text.Replace(old, now, StringComparison.Ordinal)), found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void AzdFile_Services_AreTheAppsOfTheTemplates()
    {
        var services = YamlFile.Parse(Read("azure.yaml")).Get("services").Members().ToList();
        var apps = TemplateFolder.Read().Files[TemplateFolder.Main].Modules.Where(module => module.Reference.EndsWith("function-app.bicep", StringComparison.Ordinal))
            .Select(module => (module.Body["params"] as BicepObject)!["service"]!.Literal!);
        Assert.Equal(apps.Order(StringComparer.Ordinal), services.Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(services, service => Assert.Contains($"'{Path.GetFileName(service.Value.Get("project").Text())}'", Read("Directory.Solution.targets"), StringComparison.Ordinal));
        Assert.All(services, service => Assert.Equal("function", service.Value.Get("host").Text()));
    }

    [Fact]
    public void AzdFile_Hooks_AreThere_AndSetOnlyWhatTheTemplatesTake()
    {
        var hooks = YamlFile.Parse(Read("azure.yaml")).Get("hooks").Members().ToList();
        Assert.Equal(["preprovision", "postprovision"], hooks.Select(hook => hook.Name));
        foreach (var (_, hook) in hooks)
            Assert.StartsWith("#!/bin/sh\n", Read(hook.Get("run").Text()!), StringComparison.Ordinal);
        Assert.Contains("${SERVERLESS_NODE_SSH_KEY}", Read(TemplateFolder.ParameterFile), StringComparison.Ordinal);
    }

    /// <summary>A pipeline has no environment of azd's on disk: what the parameters want has to come as variables.</summary>
    [Fact]
    public void Deploy_Environment_HasWhatTheParametersCannotDoWithout()
    {
        var set = YamlFile.Parse(Workflow("deploy.yml")).Get("jobs").Get("deploy").Get("env").Members().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        using var parameters = JsonDocument.Parse(Read(TemplateFolder.ParameterFile));
        var values = parameters.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Value.GetProperty("value").GetString()!);
        Assert.All(values.Where(value => !value.Contains('=')), value => Assert.Contains(value.Trim('$', '{', '}'), set));
    }

    private static string Workflow(string file) => Read($".github/workflows/{file}");

    private static string Read(string path) => File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), path));
}
