using System.Text;
using Serverless.Contracts.Agents;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Jobs;

/// <summary>The last lines of a job's log, for a job whose agent could not say them any more.</summary>
public sealed class JobLogTail(IArtifactStore artifacts)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads them; null when the agent said them, or there is no log. A store that fails costs the lines, not the end.</summary>
    public async Task<IReadOnlyList<string>?> ReadAsync(JobRecord job, CancellationToken cancel)
    {
        if (job.Epoch == 0 || job.Exit is { LogTail.Count: > 0 })
            return null;
        try
        {
            return await ReadAsync(ArtifactPaths.Log(job.Id, job.Epoch), cancel);
        }
        catch (ServerlessException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>?> ReadAsync(ArtifactPath path, CancellationToken cancel)
    {
        if (await artifacts.FindAsync(path, cancel) is not { SizeBytes: > 0 } entry)
            return null;
        var from = Math.Max(0, entry.SizeBytes - MaxBytes);
        await using var stream = await artifacts.OpenReadAsync(path, new ByteRange(from, MaxBytes), cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(cancel)).TrimEnd('\n').Split('\n');

        // The first line may have been cut in the middle.
        var whole = from > 0 && lines.Length > 1 ? lines.Skip(1) : lines;
        return [.. whole.TakeLast(AgentProtocol.LogTailLines).Select(line => line.Length > AgentProtocol.LogTailLineLength ? line[..AgentProtocol.LogTailLineLength] : line)];
    }
}
