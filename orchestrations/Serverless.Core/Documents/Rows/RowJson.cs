using System.Text.Json.Serialization;

namespace Serverless.Core.Documents.Rows;

/// <summary>How a summary stands in its row.</summary>
[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Texts")]
internal sealed partial class RowJson : JsonSerializerContext;
