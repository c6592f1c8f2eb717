using Serverless.Contracts.Triggers;

namespace Serverless.Core.Triggers;

/// <summary>What is stored of a trigger.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spec">What it watches and starts.</param>
/// <param name="CreatedAt">When it was made: data that landed before starts nothing.</param>
public sealed record TriggerRecord(string Name, TriggerSpec Spec, DateTimeOffset CreatedAt);
