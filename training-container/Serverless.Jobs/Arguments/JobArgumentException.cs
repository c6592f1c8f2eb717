namespace Serverless.Jobs.Arguments;

/// <summary>Arguments of a job program are wrong. The message has every error, one a line.</summary>
public sealed class JobArgumentException(string message) : ArgumentException(message);
