using System.ComponentModel;
using System.Diagnostics;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Unix;

namespace Serverless.Infra.Local.Compute;

/// <summary>Starts an agent: in a session of its own where the system has them, so that a key pressed for the host does not reach it and its processes can be told.</summary>
internal sealed class NodeLauncher(ProcessPoolOptions options)
{
    private const string SessionProgram = "/usr/bin/setsid";
    private const string OwnPrefix = "SERVERLESS_";

    /// <summary>Starts the agent of a node.</summary>
    /// <param name="file">What is known of the node; written before the start, and again with the process's number after it.</param>
    /// <param name="token">Goes by the environment alone: arguments can be read by everybody on the machine.</param>
    /// <exception cref="ServerlessException"><c>unavailable</c> when the program cannot be started.</exception>
    public NodeProcess Start(NodeFile file, string token)
    {
        if (options.AgentCommand.FirstOrDefault(word => Path.IsPathFullyQualified(word) && !Path.Exists(word)) is { } missing)
            throw CannotStart($"there is no '{missing}'", null);
        file.Write(options.NodesFolder);
        try
        {
            var process = Process.Start(Command(file, token))!;
            var log = new NodeLog(Path.Combine(options.NodesFolder, file.NodeId + ".log"), options.MaxLogBytes);
            process.StandardInput.Close();
            var output = log.FollowAsync(process.StandardOutput.BaseStream, process.StandardError.BaseStream);
            var started = file with { ProcessId = process.Id, Identity = ProcessIdentity.Of(process.Id) ?? "ended" };
            started.Write(options.NodesFolder);
            return new NodeProcess(options.Pool.Name, started, process, output);
        }
        catch (Win32Exception failed)
        {
            throw CannotStart(failed.Message, failed);
        }
    }

    private ServerlessException CannotStart(string why, Exception? cause) => new(
        ProblemCodes.Unavailable, $"The agent '{string.Join(' ', options.AgentCommand)}' cannot be started: {why}",
        "Build the whole solution, or give the path of a built Serverless.Agent.", inner: cause);

    private ProcessStartInfo Command(NodeFile file, string token)
    {
        List<string> words =
        [
            .. OperatingSystem.IsLinux() && File.Exists(SessionProgram) ? [SessionProgram] : Array.Empty<string>(),
            .. options.AgentCommand,
            "--host", file.HostUrl, "--pool", options.Pool.Name, "--node", file.NodeId, "--data", options.AgentDataFolder,
            .. options.AlgorithmsPath is { } algorithms ? ["--algorithms", algorithms] : Array.Empty<string>(),
        ];
        var command = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.AgentDataFolder,
        };
        foreach (var own in command.Environment.Keys.Where(name => name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase)).ToList())
            command.Environment.Remove(own);
        command.Environment[AgentProtocol.TokenVariable] = token;
        return command;
    }
}
