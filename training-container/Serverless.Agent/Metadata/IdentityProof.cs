using Serverless.Agent.Hosts;

namespace Serverless.Agent.Metadata;

/// <summary>
/// The machine's managed identity as the node's proof: a token from the metadata service, kept until five minutes before its end (or half its life, if that is short), and fetched again when the host
/// refuses it.
/// </summary>
internal sealed class IdentityProof(InstanceMetadata metadata, string audience, string? client, TimeProvider clock) : NodeProof, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim one = new(1, 1);
    private (IdentityToken Token, DateTimeOffset RenewAt)? held;
    private string? refused;

    /// <summary>An identity is the same on every machine of a set.</summary>
    public override bool NamesNode => false;

    public override async ValueTask<string> TokenAsync(CancellationToken cancel)
    {
        if (held is var (known, renewAt) && clock.GetUtcNow() < renewAt)
            return known.Value;
        await one.WaitAsync(cancel);
        try
        {
            if (held is var (fresh, until) && clock.GetUtcNow() < until)
                return fresh.Value;
            var token = await metadata.TokenAsync(audience, client, Limit, cancel);
            var now = clock.GetUtcNow();
            var life = token.ExpiresAt - now;
            held = (token, token.ExpiresAt - (life / 2 < Margin ? life / 2 : Margin));
            return token.Value;
        }
        catch (MetadataFailure failure)
        {
            // A token that still holds is better than none.
            return held is var (old, _) && clock.GetUtcNow() < old.ExpiresAt
                ? old.Value
                : throw new HostFailure($"The machine's identity gives no token: {failure.Message} Assign the identity to the machine, and name it with --identity-client if there are several.");
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The first time another token is fetched: keys and roles change. The service may give the same one again; that is then refused for good.</summary>
    public override bool Refused(string token)
    {
        if (refused == token)
            return false;
        refused = token;
        held = null;
        return true;
    }

    public void Dispose() => one.Dispose();
}
