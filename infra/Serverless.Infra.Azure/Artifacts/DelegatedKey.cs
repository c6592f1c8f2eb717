using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Serverless.Core.Artifacts;

namespace Serverless.Infra.Azure.Artifacts;

/// <summary>Signs with a key that the service lends to the host's identity (user delegation), kept as long as it covers what is asked for.</summary>
internal sealed class DelegatedKey(BlobServiceClient service, TimeProvider clock) : IAddressKey, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private (UserDelegationKey Key, AddressWindow Window)? lent;

    public async Task<string> SignAsync(BlobSasBuilder address, AddressWindow window, CancellationToken cancel) =>
        address.ToSasQueryParameters(await KeyAsync(window, cancel), service.AccountName).ToString();

    public void Dispose() => gate.Dispose();

    private async Task<UserDelegationKey> KeyAsync(AddressWindow address, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (lent is not { } known || !known.Window.Covers(address, now))
            {
                var window = AddressWindow.ForKey(now);
                lent = known = ((await service.GetUserDelegationKeyAsync(window.Start, window.End, cancel)).Value, window);
            }

            return known.Key;
        }
        finally
        {
            gate.Release();
        }
    }
}
