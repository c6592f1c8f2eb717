namespace Serverless.Core.Documents;

/// <summary>What is written.</summary>
/// <param name="Json">The document, at most 1 MiB of UTF-8.</param>
/// <param name="Name">The name for people, any part of which can be searched for; empty: none.</param>
/// <param name="Summary">Few short values by which queries filter, such as status and pool; at most 8, each at most 256 characters.</param>
public sealed record DocumentBody(string Json, string Name, IReadOnlyDictionary<string, string> Summary);
