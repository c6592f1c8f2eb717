namespace Serverless.Contracts.Datasets;

/// <summary>The first rows of a table and what its columns look like.</summary>
/// <param name="File">The file that is shown.</param>
/// <param name="Columns">The columns in order.</param>
/// <param name="Rows">The first rows; a missing value is null.</param>
/// <param name="RowsRead">How many rows the schema was inferred from.</param>
public sealed record DatasetPreview(string File, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, int RowsRead);
