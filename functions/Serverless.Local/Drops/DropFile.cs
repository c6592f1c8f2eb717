namespace Serverless.Local.Drops;

/// <summary>A file as it was seen in the drop folder.</summary>
/// <param name="Path">Below the drop folder, with forward slashes.</param>
/// <param name="FullPath">On the disk.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="ModifiedAt">When it was last written, as the disk says.</param>
internal sealed record DropFile(string Path, string FullPath, long SizeBytes, DateTime ModifiedAt)
{
    /// <summary>Whether it has not changed since it was seen.</summary>
    public bool IsAs(DropFile before) => SizeBytes == before.SizeBytes && ModifiedAt == before.ModifiedAt;
}
