namespace Serverless.Contracts.Agents;

/// <summary>The answer to an append of log bytes at an offset.</summary>
/// <param name="Length">The log's length now. An append whose offset is not the length changes nothing and says the length.</param>
public sealed record LogAppended(long Length);
