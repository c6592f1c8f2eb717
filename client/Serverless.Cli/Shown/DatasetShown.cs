using Serverless.Contracts.Datasets;

namespace Serverless.Cli.Shown;

/// <summary>What <c>data show --output json</c> writes.</summary>
/// <param name="Dataset">The version.</param>
/// <param name="Preview">Its columns and first rows; left out for data that is no table.</param>
internal sealed record DatasetShown(DatasetVersion Dataset, DatasetPreview? Preview);
