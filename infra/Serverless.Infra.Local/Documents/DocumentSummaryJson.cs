using System.Text.Json.Serialization;

namespace Serverless.Infra.Local.Documents;

/// <summary>How a document's summary stands in its row.</summary>
[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Summary")]
internal sealed partial class DocumentSummaryJson : JsonSerializerContext;
