using System.Globalization;
using Serverless.Contracts.Models;
using Serverless.Core.Documents;

namespace Serverless.Core.Models;

/// <summary>The model versions, by <c>name@version</c>.</summary>
public sealed class ModelSet(IDocumentStore store) : DocumentSet<ModelVersion>(store, "model-version", ModelJson.Default.ModelVersion)
{
    /// <summary>The id of a version.</summary>
    public static string Id(string name, int version) => string.Create(CultureInfo.InvariantCulture, $"{name}@{version}");

    /// <inheritdoc/>
    protected override string IdOf(ModelVersion record) => Id(record.Name, record.Version);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(ModelVersion record) =>
        new Dictionary<string, string> { ["model"] = record.Name, ["stage"] = record.Stage.ToString(), ["job"] = record.Lineage.JobId };
}
