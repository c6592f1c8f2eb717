using Serverless.Agent.Containers;
using Serverless.Agent.Files;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Staging;

/// <summary>What staging did.</summary>
/// <param name="Report">What it took.</param>
/// <param name="Checkpoint">The files of the checkpoint folder as the program will find them.</param>
internal sealed record Staged(StagingReport Report, IReadOnlyList<FileStamp> Checkpoint)
{
    /// <summary>The container image; null: the program is a process.</summary>
    public ContainerImage? Image { get; init; }
}
