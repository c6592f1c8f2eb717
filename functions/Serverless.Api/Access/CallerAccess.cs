using Microsoft.AspNetCore.Http;
using Serverless.Api.Access.Callers;
using Serverless.Api.Access.Keys;
using Serverless.Api.Access.SignIn;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Api.Access;

/// <summary>Who a person or program is: by a key of the host, one that was made over the API, an access token of the organisation, or the platform's own sign-in.</summary>
/// <param name="keys">The host's keys.</param>
/// <param name="stored">Keys that were made over the API.</param>
/// <param name="easyAuth">The platform's own sign-in.</param>
/// <param name="entra">The organisation's sign-in; null: none.</param>
internal sealed class CallerAccess(AccessKeys keys, StoredKeys stored, EasyAuth easyAuth, EntraTokens? entra)
{
    /// <summary>Who calls.</summary>
    /// <param name="token">What the call brings as its proof; null: nothing.</param>
    /// <param name="request">The call.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException"><c>unauthenticated</c>; <c>unavailable</c> when a token cannot be checked.</exception>
    public async Task<Caller> FindAsync(string? token, HttpRequest request, CancellationToken cancel)
    {
        if (token is null)
            return easyAuth.Find(request) ?? throw Unknown("The call brings no proof of who calls; this route needs one.",
                entra is null ? "Send a key as 'Authorization: Bearer …', once." : "Send a key, or an access token of the organisation, as 'Authorization: Bearer …', once.");
        if (entra is not null && EntraTokens.Looks(token))
            return await SignedInAsync(entra, token, cancel);
        return keys.Find(token) ?? await stored.FindAsync(token, cancel)
            ?? throw Unknown("The key is not known here, or has expired.", "Give a key of this host; a local host keeps its own in 'keys/admin.key' of its data folder.");
    }

    private static async Task<Caller> SignedInAsync(EntraTokens entra, string token, CancellationToken cancel)
    {
        var (who, refusal) = await entra.ReadAsync(token, cancel);
        return who is not null
            ? new Caller($"entra:{who.ObjectId}", AccessRoles.Union(who.Roles))
            : throw Unknown($"The access token is refused: {refusal}.", "Sign in again and ask for a token of this application, such as by 'az account get-access-token --resource …'.");
    }

    private static ServerlessException Unknown(string message, string cure) => new(ProblemCodes.Unauthenticated, message, cure);
}
