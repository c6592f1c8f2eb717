using Azure.Storage.Sas;
using Serverless.Core.Artifacts;

namespace Serverless.Infra.Azure.Artifacts;

/// <summary>Signs addresses of blobs.</summary>
internal interface IAddressKey
{
    /// <summary>The query string, without its question mark.</summary>
    Task<string> SignAsync(BlobSasBuilder address, AddressWindow window, CancellationToken cancel);
}
