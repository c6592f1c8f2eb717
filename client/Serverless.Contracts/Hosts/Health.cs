namespace Serverless.Contracts.Hosts;

/// <summary>Whether the host can do its work.</summary>
/// <param name="Status"><c>ready</c>, <c>starting</c>, <c>stopping</c> or <c>failing</c>.</param>
/// <param name="Checks">Each part and how it stands: <c>ok</c>, or what is wrong.</param>
public sealed record Health(string Status, IReadOnlyDictionary<string, string> Checks);
