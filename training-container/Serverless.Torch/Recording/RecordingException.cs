namespace Serverless.Torch.Recording;

/// <summary>A module could not be recorded.</summary>
internal sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
