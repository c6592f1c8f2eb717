using System.Runtime.InteropServices;
using Serverless.Agent.Options;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Nodes;

/// <summary>What this machine is.</summary>
internal static class Machine
{
    private const string NvidiaFolder = "/proc/driver/nvidia/gpus";
    private const int MaxGpus = 64;

    public static NodeHello Describe(AgentOptions options) => new()
    {
        NodeId = options.NodeId,
        Pool = options.Pool,
        VCpus = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Gpus = Gpus(),
        Os = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        AgentVersion = typeof(Machine).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
    };

    /// <summary>The GPUs' names as the driver shows them; reading a file is quicker than starting nvidia-smi.</summary>
    private static string[] Gpus()
    {
        try
        {
            return Directory.Exists(NvidiaFolder)
                ? [.. Directory.EnumerateDirectories(NvidiaFolder).Order(StringComparer.Ordinal).Take(MaxGpus).Select(folder => Name(folder) ?? "NVIDIA GPU")]
                : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Name(string folder) =>
        File.ReadLines(Path.Combine(folder, "information"))
            .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
            .Select(line => line["Model:".Length..].Trim())
            .FirstOrDefault();
}
