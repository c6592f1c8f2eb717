using System.Security.Cryptography;
using System.Text;
using Serverless.Core.Documents;

namespace Serverless.Core.Uploads;

/// <summary>What uploads became, by the hash of their place (a place may be longer than an id).</summary>
public sealed class UploadSet(IDocumentStore store) : DocumentSet<UploadRecord>(store, "upload", UploadJson.Default.UploadRecord)
{
    /// <summary>The id of a place.</summary>
    public static string Id(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    /// <inheritdoc/>
    protected override string IdOf(UploadRecord record) => Id(record.Path);

    /// <inheritdoc/>
    protected override string NameOf(UploadRecord record) => record.Path.Length <= DocumentRules.MaxNameLength ? record.Path : record.Path[..DocumentRules.MaxNameLength];
}
