namespace Serverless.Core.Documents.Rows;

/// <summary>An index row, read.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Index">Which index.</param>
/// <param name="Place">The document's place.</param>
/// <param name="Mark">The mark of the write that made it.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Name">The document's name; only in the index of all.</param>
/// <param name="At">When it was made.</param>
internal sealed record IndexEntry(string Key, string Index, string Place, string Mark, string Id, string Name, DateTimeOffset At);
