using Serverless.Contracts.Agents;
using Serverless.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>The variables that a program gets beside those of its image: the contract's, and the user's. Nothing of the node's.</summary>
internal static class ContainerEnvironment
{
    /// <summary>A home that can be written: the user of a container is seldom in its image, and would have <c>/</c>.</summary>
    private const string Home = "HOME";

    /// <summary>Builds it.</summary>
    public static IReadOnlyDictionary<string, string> Build(JobTicket ticket)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Home] = ContainerPaths.Temporary };
        foreach (var (name, value) in ticket.Environment.Concat(ticket.Secrets))
        {
            if (!name.StartsWith(JobVariables.Prefix, StringComparison.Ordinal))
                variables[name] = value;
        }

        variables[JobVariables.JobId] = ticket.JobId;
        foreach (var input in ticket.Inputs)
            variables[JobVariables.Input(input.Channel)] = InputPath(input);
        variables[JobVariables.ModelFolder] = ContainerPaths.Model;
        variables[JobVariables.ArtifactsFolder] = ContainerPaths.Artifacts;
        variables[JobVariables.CheckpointFolder] = ContainerPaths.Checkpoint;
        variables[JobVariables.TensorboardFolder] = ContainerPaths.Tensorboard;
        variables[JobVariables.MetricsFile] = ContainerPaths.MetricsFile;
        return variables;
    }

    /// <summary>Where a program finds an input.</summary>
    public static string InputPath(TicketInput input) => input.Path.StartsWith('/') ? input.Path : $"{ContainerPaths.Work}/{input.Path}";
}
