using System.Security.Cryptography;
using System.Text;

namespace Serverless.Api.Access.Callers;

/// <summary>A key that is known here. Its text is not kept.</summary>
/// <param name="Name">Whose it is, for the log.</param>
/// <param name="Sha256">SHA-256 of its text in UTF-8.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record AccessKey(string Name, IReadOnlyList<byte> Sha256, AccessScopes Scopes)
{
    /// <summary>A key from its text.</summary>
    public static AccessKey Of(string name, string text, AccessScopes scopes) => new(name, SHA256.HashData(Encoding.UTF8.GetBytes(text)), scopes);
}
