using Serverless.Contracts.Studies.Findings;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>What is asked of a study's importance.</summary>
/// <param name="Objective">The objective's metric; null: the first.</param>
/// <param name="Method">How.</param>
/// <param name="Pairs">Whether pairs are looked at too.</param>
public sealed record ImportanceQuestion(string? Objective = null, ImportanceMethod Method = ImportanceMethod.Fanova, bool Pairs = false);
