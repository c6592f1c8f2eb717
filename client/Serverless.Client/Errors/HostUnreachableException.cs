namespace Serverless.Client.Errors;

/// <summary>No answer came: nobody listens there, the connection broke, or the time ran out.</summary>
/// <param name="message">What failed, the address, and the cure.</param>
/// <param name="inner">What the network said.</param>
public sealed class HostUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
