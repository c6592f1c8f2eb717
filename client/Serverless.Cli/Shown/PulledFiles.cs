using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Shown;

/// <summary>What <c>job pull --output json</c> writes.</summary>
/// <param name="Folder">Where the files are.</param>
/// <param name="Files">The files.</param>
internal sealed record PulledFiles(string Folder, IReadOnlyList<JobFile> Files);
