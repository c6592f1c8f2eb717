using Serverless.Contracts.Datasets;
using Serverless.Core.Documents;

namespace Serverless.Core.Datasets;

/// <summary>The data set versions, by <c>name@version</c>.</summary>
public sealed class DatasetSet(IDocumentStore store) : DocumentSet<DatasetVersion>(store, "dataset-version", DatasetJson.Default.DatasetVersion)
{
    /// <summary>The id of a version.</summary>
    public static string Id(string name, string version) => $"{name}@{version}";

    /// <inheritdoc/>
    protected override string IdOf(DatasetVersion record) => Id(record.Name, record.Version);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(DatasetVersion record) =>
        new Dictionary<string, string> { ["dataset"] = record.Name };
}
