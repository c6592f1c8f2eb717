using Serverless.Contracts.Access;

namespace Serverless.Core.Access;

/// <summary>What is stored of a key that was made over the API.</summary>
/// <param name="Key">What is shown of it.</param>
/// <param name="Sha256">SHA-256 of its text in UTF-8, in lower-case hexadecimal. The text has 256 random bits, so that its hash needs no salt and no slowness.</param>
public sealed record ApiKeyRecord(ApiKey Key, string Sha256);
