using Azure.Storage;
using Azure.Storage.Sas;
using Serverless.Core.Artifacts;

namespace Serverless.Infra.Azure.Artifacts;

/// <summary>Signs with an account's key: for the emulator alone, whose key is public.</summary>
internal sealed class AccountKey(StorageSharedKeyCredential key) : IAddressKey
{
    public Task<string> SignAsync(BlobSasBuilder address, AddressWindow window, CancellationToken cancel) => Task.FromResult(address.ToSasQueryParameters(key).ToString());
}
