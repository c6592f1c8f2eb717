using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Core.Secrets;

/// <summary>The secrets that a job's variables stand for.</summary>
/// <param name="store">Where they are.</param>
public sealed class JobSecrets(ISecretStore store)
{
    /// <summary>The references among a job's variables that lead to nothing, as errors of the job.</summary>
    public async Task<IReadOnlyList<FieldError>> MissingAsync(IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        foreach (var (variable, value) in variables)
        {
            if (SecretRef.NameOf(value) is { } name && await store.GetAsync(name, cancel) is null)
                errors.Add(new FieldError("environment", $"The variable '{variable}' stands for the secret '{name}', which the host's store does not have.",
                    "Put the secret into the store under that name, or correct the reference."));
        }

        return errors;
    }

    /// <summary>Parts a job's variables: those that are as they stand, and those that stand for secrets with the secrets' values.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c> when a secret is gone, <c>invalid_input</c> when a program could not be given it. Neither says a value.</exception>
    public async Task<(IReadOnlyDictionary<string, string> Plain, IReadOnlyDictionary<string, string> Values)> ResolveAsync(
        IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        if (!variables.Values.Any(SecretRef.Is))
            return (variables, NoSecrets);
        var plain = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, value) in variables)
        {
            if (SecretRef.NameOf(value) is { } name)
                values.Add(variable, await GetAsync(variable, name, cancel));
            else
                plain.Add(variable, value);
        }

        return (plain, values);
    }

    private static readonly Dictionary<string, string> NoSecrets = [];

    private async Task<string> GetAsync(string variable, string name, CancellationToken cancel)
    {
        var value = await store.GetAsync(name, cancel)
            ?? throw Fail.NotFound("secret", name, "Put it into the host's store under that name, then submit the job again.");
        return value.Contains('\0', StringComparison.Ordinal)
            ? throw Fail.Invalid("environment", $"The secret '{name}' of the variable '{variable}' has the character NUL: no program can be given that.", "Store it as text, such as base64.")
            : value;
    }
}
