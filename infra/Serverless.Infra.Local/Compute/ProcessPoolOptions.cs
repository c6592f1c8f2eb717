using Serverless.Core.Compute;

namespace Serverless.Infra.Local.Compute;

/// <summary>How nodes on this machine are started.</summary>
public sealed record ProcessPoolOptions
{
    /// <summary>The pool's name and bounds.</summary>
    public PoolOptions Pool { get; init; } = new();

    /// <summary>The agent: a program and its first arguments, such as <c>dotnet</c> and <c>Serverless.Agent.dll</c>. <c>--host</c>, <c>--pool</c>, <c>--node</c>, <c>--data</c> and <c>--algorithms</c> follow.</summary>
    public required IReadOnlyList<string> AgentCommand { get; init; }

    /// <summary>The built-in algorithms' program, passed to the agent; null: nodes run own programs only.</summary>
    public string? AlgorithmsPath { get; init; }

    /// <summary>Where the records and logs of nodes are.</summary>
    public required string NodesFolder { get; init; }

    /// <summary>The agents' working folder. All nodes share it, so that the second node finds what the first has staged.</summary>
    public required string AgentDataFolder { get; init; }

    /// <summary>What an hour of one node is reckoned at.</summary>
    public decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Where the driver of NVIDIA's GPUs shows them. Default: its own place on Linux.</summary>
    public string GpuFolder { get; init; } = "/proc/driver/nvidia/gpus";

    /// <summary>How long a node that shall end has between SIGTERM and the kill of its whole process tree. Default: 5 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a node that an earlier host started is looked at; its end is not announced as a child's is. Default: 500 ms.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most bytes of one agent's output that are kept; the rest is read and dropped. Default: 1 MiB.</summary>
    public int MaxLogBytes { get; init; } = 1024 * 1024;

    /// <summary>How many logs of past nodes are kept. Default: 50.</summary>
    public int MaxLogs { get; init; } = 50;

    /// <summary>How long the record of a node that is gone is kept. Default: 30 days.</summary>
    public TimeSpan KeepRecords { get; init; } = TimeSpan.FromDays(30);
}
