namespace Serverless.Agent.Metadata;

/// <summary>The machine's metadata service did not answer as it should. The message has no secret.</summary>
internal sealed class MetadataFailure(string message, Exception? inner = null) : Exception(message, inner);
