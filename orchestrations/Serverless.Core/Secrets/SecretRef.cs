using Serverless.Core.Names;

namespace Serverless.Core.Secrets;

/// <summary>How a job's specification speaks of a secret: <c>secret://db-password</c> in the place of a variable's value.</summary>
public static class SecretRef
{
    /// <summary>What every reference begins with.</summary>
    public const string Prefix = "secret://";

    /// <summary>Whether a value is meant as a reference, well written or not.</summary>
    public static bool Is(string value) => value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The secret's name; null when the value is no reference, or one to what cannot be a name.</summary>
    public static string? NameOf(string value) =>
        value.StartsWith(Prefix, StringComparison.Ordinal) && NameRules.IsName(value[Prefix.Length..]) ? value[Prefix.Length..] : null;
}
