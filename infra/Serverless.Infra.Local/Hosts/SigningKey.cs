using System.Security.Cryptography;

namespace Serverless.Infra.Local.Hosts;

/// <summary>The key behind the short-lived addresses. It is kept, so that the addresses which agents hold survive a restart of the host.</summary>
internal static class SigningKey
{
    private const int Bytes = 32;

    /// <summary>Reads the key, or makes one that only its owner can read.</summary>
    public static byte[] Bring(string file)
    {
        if (File.Exists(file) && File.ReadAllBytes(file) is { Length: Bytes } kept)
            return kept;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var key = RandomNumberGenerator.GetBytes(Bytes);
        var temp = file + ".part";
        File.Delete(temp);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temp, options))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temp, file, overwrite: true);
        return key;
    }
}
