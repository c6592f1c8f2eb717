using System.Text.Json.Serialization;

namespace Serverless.Training.Progress;

/// <summary>How progress is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TrainingProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext;
