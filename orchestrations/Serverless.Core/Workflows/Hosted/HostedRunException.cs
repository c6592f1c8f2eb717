namespace Serverless.Core.Workflows.Hosted;

/// <summary>Ends a run as failed. Its message is the failure as <see cref="HostedFailures"/> writes it.</summary>
/// <param name="message">The failure.</param>
public sealed class HostedRunException(string message) : Exception(message);
