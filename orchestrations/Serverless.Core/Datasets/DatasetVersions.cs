using System.Security.Cryptography;
using System.Text;
using Serverless.Contracts.Content;

namespace Serverless.Core.Datasets;

/// <summary>The version of a data set: the hash of what it holds.</summary>
public static class DatasetVersions
{
    /// <summary>SHA-256 (lower-case hexadecimal) of the UTF-8 text made of a line <c>"{sha256} {path}\n"</c> for each file, sorted by ordinal path. The same files in any order give the same version.</summary>
    public static string Hash(IEnumerable<ContentFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Sha256} {file.Path}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What the files hold, whatever they are called: the SHA-256 of a single file; of several, the SHA-256 over their sorted hashes, a line each.</summary>
    public static string ContentHash(IReadOnlyList<ContentFile> files)
    {
        if (files.Count == 1)
            return files[0].Sha256;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var sha256 in files.Select(file => file.Sha256).Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(sha256 + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
