namespace Serverless.Client.Errors;

/// <summary>Files on this machine cannot be sent, or received files cannot be kept, as they are. The message has every reason and the cure.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What the file system said.</param>
public sealed class UploadException(string message, Exception? inner = null) : Exception(message, inner);
