namespace Serverless.Core.Secrets;

/// <summary>Secrets by reference. A value is never logged, stored in a document or passed as an argument.</summary>
public interface ISecretStore
{
    /// <summary>The secret's value, or null when there is none of that name.</summary>
    Task<string?> GetAsync(string name, CancellationToken cancel);
}
