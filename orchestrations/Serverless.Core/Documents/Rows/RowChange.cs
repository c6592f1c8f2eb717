namespace Serverless.Core.Documents.Rows;

/// <summary>One change of a row.</summary>
/// <param name="Key">The row's key.</param>
public abstract record RowChange(string Key)
{
    /// <summary>A new row; fails when its key is there.</summary>
    public sealed record Insert(Row Row) : RowChange(Row.Key);

    /// <summary>Another row in place of the one with an ETag; fails when that has changed or is gone.</summary>
    public sealed record Replace(Row Row, string ETag) : RowChange(Row.Key);

    /// <summary>A row, whatever is there.</summary>
    public sealed record Put(Row Row) : RowChange(Row.Key);

    /// <summary>No row; fails when none is there, or when it has another ETag than the one that is given.</summary>
    public sealed record Delete(string Key, string? ETag = null) : RowChange(Key);
}
