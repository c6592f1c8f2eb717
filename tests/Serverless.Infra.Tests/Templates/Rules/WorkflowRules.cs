using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>A workflow of GitHub has the least permissions, actions of a fixed major version, time limits, and no secret.</summary>
internal static partial class WorkflowRules
{
    public static IEnumerable<string> Check(string path, string text)
    {
        var workflow = YamlFile.Parse(text);
        if (text.Contains("secrets.", StringComparison.Ordinal))
            yield return $"{path}: it uses a stored secret; sign in by federation.";
        if (workflow.Get("on").Get("pull_request_target") is not null)
            yield return $"{path}: 'pull_request_target' runs strangers' code with our rights.";
        if (!Permissions(workflow.Get("permissions")).SequenceEqual(["contents: read"]))
            yield return $"{path}: the permissions of the whole workflow must be 'contents: read'.";
        foreach (var (name, job) in workflow.Get("jobs").Members())
        {
            if (!int.TryParse(job.Get("timeout-minutes").Text(), out var minutes) || minutes > 60)
                yield return $"{path}: the job '{name}' has no time limit of at most 60 minutes.";
            foreach (var right in Permissions(job.Get("permissions")).Except(["contents: read", "id-token: write"]))
                yield return $"{path}: the job '{name}' asks for '{right}'.";
            foreach (var step in job.Get("steps").Items())
            {
                foreach (var finding in Check(step))
                    yield return $"{path}: in the job '{name}' {finding}";
            }

            var signsIn = job.Get("steps").Items().Any(step => step.Get("uses").Text()?.StartsWith("azure/login@", StringComparison.Ordinal) == true);
            if (signsIn && !Permissions(job.Get("permissions")).Contains("id-token: write"))
                yield return $"{path}: the job '{name}' signs in to Azure without 'id-token: write'.";
        }
    }

    private static IEnumerable<string> Check(YamlNode step)
    {
        if (step.Get("uses").Text() is { } action && !Pinned().IsMatch(action))
            yield return $"'{action}' has no fixed major version.";
        if (step.Get("run").Text() is { } run && run.Contains("${{", StringComparison.Ordinal))
            yield return "a script has an expression in it; give it as an environment variable.";
        if (step.Get("with").Get("creds") is not null || step.Get("with").Get("client-secret") is not null)
            yield return "a step signs in with a secret.";
    }

    private static List<string> Permissions(YamlNode? node) => node is YamlScalarNode all ? [all.Value!] : [.. node.Members().Select(member => $"{member.Name}: {member.Value.Text()}")];

    [GeneratedRegex("^[A-Za-z0-9-]+/[A-Za-z0-9-]+@v[0-9]+$")]
    private static partial Regex Pinned();
}
