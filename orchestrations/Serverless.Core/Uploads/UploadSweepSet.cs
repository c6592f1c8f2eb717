using Serverless.Core.Documents;

namespace Serverless.Core.Uploads;

/// <summary>How far each container was looked through.</summary>
public sealed class UploadSweepSet(IDocumentStore store) : DocumentSet<UploadSweepState>(store, "upload-sweep", UploadJson.Default.UploadSweepState)
{
    /// <inheritdoc/>
    protected override string IdOf(UploadSweepState record) => record.Id;
}
