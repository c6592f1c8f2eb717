using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Core.Experiments.Runs;

/// <summary>
/// Reads parameters out of a program's arguments, as most programs mean them: <c>--name value</c>, <c>--name=value</c>, <c>--switch</c>; one dash is as good as two. What stands behind a name and
/// is no option is its value, a negative number too. What has no name is its place, <c>#1</c>, <c>#2</c>, …; so is everything behind <c>--</c>.
/// </summary>
public static class ArgumentReader
{
    /// <summary>Longest name or value that is kept whole, in characters; a longer one keeps its beginning and its hash, so that two that differ stay apart.</summary>
    public const int MaxLength = 200;

    /// <summary>The parameters in the order in which they first stand there; those that are secret hidden.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(IReadOnlyList<string> arguments)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var places = 0;
        var named = true;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (named && arguments[i] == "--")
            {
                named = false;
                continue;
            }

            var (name, value) = named ? ArgumentWord.Split(arguments[i]) : (null, null);
            if (name is null)
                Add(string.Create(CultureInfo.InvariantCulture, $"#{++places}"), arguments[i]);
            else if (value is not null)
                Add(name, value);
            else if (i + 1 < arguments.Count && arguments[i + 1] != "--" && ArgumentWord.Split(arguments[i + 1]).Name is null)
                Add(name, arguments[++i]);
            else
                Add(name, "true");
        }

        return found;

        void Add(string name, string value)
        {
            name = Cut(name);
            value = Cut(SecretWords.Show(name, value));
            found[name] = found.TryGetValue(name, out var before) ? [.. before, value] : [value];
        }
    }

    /// <summary>A text, cut to the length that is kept.</summary>
    public static string Cut(string text) => text.Length <= MaxLength
        ? text
        : $"{text[..(MaxLength - 30)]}… (sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]})";
}
