using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Training.Progress;

/// <summary>Tells one run's checkpoints from another's.</summary>
internal static class RunFingerprint
{
    /// <summary>Of the files' names and sizes, and the options.</summary>
    public static string Of(IEnumerable<string> files, string options)
    {
        var text = options + '\n' + string.Join('\n', files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} {new FileInfo(file).Length}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
