using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Agent.Metrics.Events;

/// <summary>What a metric is called that comes from a scalar of event files.</summary>
internal static class EventNames
{
    /// <summary>Longest name of a metric.</summary>
    public const int MaxLength = 128;

    private const int DigestLetters = 8;

    /// <summary>
    /// The tag, with its file's folder before it (<c>validation/epoch_loss</c>): TensorBoard calls that folder the run. Slashes and spaces stay; invisible characters become '_', and a name that is
    /// too long keeps its beginning and gets a digest of all of it.
    /// </summary>
    /// <param name="folder">The file's folder, relative to where event files are looked for; empty: that folder itself.</param>
    /// <param name="tag">The tag.</param>
    public static string Of(string folder, string tag)
    {
        var text = new StringBuilder(folder.Length + tag.Length + 1);
        foreach (var rune in (folder.Length == 0 ? tag : $"{folder}/{tag}").Trim().EnumerateRunes())
            text.Append(IsVisible(rune) ? rune.ToString() : "_");
        var name = text.Length == 0 ? "_" : text.ToString();
        if (name.Length <= MaxLength)
            return name;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestLetters];
        var length = MaxLength - DigestLetters - 1;
        return $"{name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)]}~{digest}";
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
