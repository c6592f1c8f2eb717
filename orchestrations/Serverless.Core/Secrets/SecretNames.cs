using System.Text;
using Serverless.Core.Names;

namespace Serverless.Core.Secrets;

/// <summary>The names of secrets in vaults whose names have letters, digits and dashes only, without regard to case.</summary>
public static class SecretNames
{
    /// <summary>Longest name that such a vault takes.</summary>
    public const int MaxVaultLength = 127;

    /// <summary>
    /// The name in the vault: <c>.</c> becomes <c>-0d</c>, <c>_</c> becomes <c>-0u</c>, a dash before a <c>0</c> becomes <c>-0-</c>, all else stays. No two names give the same.
    /// </summary>
    /// <returns>Null when it is no name, or the vault cannot hold it: then it has no such secret.</returns>
    public static string? InVault(string name)
    {
        if (!NameRules.IsName(name))
            return null;
        var vault = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            vault.Append(name[i] switch
            {
                '.' => "-0d",
                '_' => "-0u",
                '-' when i + 1 < name.Length && name[i + 1] == '0' => "-0-",
                var plain => plain.ToString(),
            });
        }

        return vault.Length <= MaxVaultLength ? vault.ToString() : null;
    }
}
