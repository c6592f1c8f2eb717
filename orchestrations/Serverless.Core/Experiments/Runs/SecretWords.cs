namespace Serverless.Core.Experiments.Runs;

/// <summary>
/// Hides what looks like a secret among arguments: by the option's name (a word of it is <c>password</c>, <c>token</c>, …) or by the value's form (a signed address, a connection string).
/// Secrets belong in the host's store (<c>secret://</c>); this is for those that were typed all the same, since comparisons are shown and passed on more widely than a job.
/// </summary>
public static class SecretWords
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Hidden = "***";

    private static readonly HashSet<string> Words = new(
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "accountkey", "privatekey", "credential", "credentials", "sas"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> KeyOf = new(["api", "access", "account", "private", "secret", "auth", "subscription", "encryption", "signing"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Marks = ["sig=", "AccountKey=", "SharedAccessKey=", "SharedAccessSignature=", "Password=", "Pwd=", "X-Amz-Signature=", "-----BEGIN", "Bearer "];

    /// <summary>The value of an option as it may be shown.</summary>
    public static string Show(string name, string value) => IsName(name) || IsValue(value) ? Hidden : value;

    /// <summary>The words of a command as they may be shown: the value behind an option whose name says that it is secret too.</summary>
    public static IReadOnlyList<string> Show(IReadOnlyList<string> words)
    {
        var shown = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = ArgumentWord.Split(words[i]);
            if (name is null)
                shown.Add(i > 0 && ArgumentWord.Split(words[i - 1]) is ({ } before, null) ? Show(before, words[i]) : IsValue(words[i]) ? Hidden : words[i]);
            else
                shown.Add(value is not null && Show(name, value) == Hidden ? $"{words[i][..words[i].IndexOf('=', StringComparison.Ordinal)]}={Hidden}" : words[i]);
        }

        return shown;
    }

    private static bool IsName(string name)
    {
        var parts = name.Split('-', '_', '.', ' ');
        return parts.Any(Words.Contains) || parts.Zip(parts.Skip(1)).Any(pair =>
            (KeyOf.Contains(pair.First) && pair.Second.Equals("key", StringComparison.OrdinalIgnoreCase))
            || (pair.First.Equals("connection", StringComparison.OrdinalIgnoreCase) && pair.Second.Equals("string", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsValue(string value) =>
        Marks.Any(mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase)) || HasUserInfo(value);

    /// <summary>Whether it is an address with a password in it: <c>scheme://user:password@host</c>.</summary>
    private static bool HasUserInfo(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return false;
        var authority = value[(scheme + 3)..].Split('/', '?')[0];
        var at = authority.LastIndexOf('@');
        return at > 0 && authority.AsSpan(0, at).Contains(':');
    }
}
