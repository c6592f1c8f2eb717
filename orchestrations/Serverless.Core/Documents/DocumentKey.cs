namespace Serverless.Core.Documents;

/// <summary>Names a document.</summary>
/// <param name="Kind">Its kind, such as <c>job</c>; lower-case letters and dashes.</param>
/// <param name="Id">Its id within the kind, 1 to 512 characters.</param>
public readonly record struct DocumentKey(string Kind, string Id);
