namespace Serverless.Core.Documents.Rows;

/// <summary>A row of a <see cref="IRowStore"/>.</summary>
/// <param name="Partition">Where it lies; see <see cref="RowRules"/>.</param>
/// <param name="Key">Its key within the partition; keys sort ordinally.</param>
/// <param name="Texts">Texts by name; names are lower-case letters.</param>
/// <param name="Pieces">Bytes in pieces, in order.</param>
/// <param name="ETag">Under which it was read; empty for one that is to be written. Opaque.</param>
public sealed record Row(string Partition, string Key, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<byte[]> Pieces, string ETag = "");
