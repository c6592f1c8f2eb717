using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Files;

/// <summary>Opens what a program wrote, without trusting it: a link that was put in a file's place, a pipe or a device is refused.</summary>
internal static class OutputFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Opens a plain file for reading.</summary>
    /// <param name="folder">The folder, with all links resolved (see <see cref="Resolve"/>).</param>
    /// <param name="path">The path below it.</param>
    /// <returns>Null when it is gone, or is not a plain file at that very place.</returns>
    public static FileStream? TryOpen(string folder, string path)
    {
        var full = Path.Combine(folder, path);
        var descriptor = Libc.Open(full, Libc.OpenCloseOnExec | Libc.OpenNonBlocking);
        if (descriptor < 0)
            return null;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (Resolved(descriptor) != full)
            {
                handle.Dispose();
                return null;
            }

            var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
        }
        catch (Exception odd) when (odd is IOException or UnauthorizedAccessException or ArgumentException)
        {
            handle.Dispose();
        }

        return null;
    }

    /// <summary>The file's stamp by an open handle.</summary>
    public static FileStamp Stamp(FileStream file, string path) => new(path, file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle).Ticks);

    /// <summary>Hashes a file, and makes sure that it is and stays as a scan saw it.</summary>
    /// <returns>The SHA-256, or null when the file is another by now.</returns>
    public static async Task<string?> HashAsync(string folder, FileStamp seen, CancellationToken cancel, string? at = null)
    {
        await using var file = TryOpen(folder, at ?? seen.Path);
        if (file is null || Stamp(file, seen.Path) != seen)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Clamp(seen.SizeBytes, 1, BufferBytes)];
        int count;
        while ((count = await file.ReadAsync(buffer, cancel)) > 0)
            hash.AppendData(buffer, 0, count);
        return Stamp(file, seen.Path) == seen ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }

    /// <summary>A folder's path with all links resolved.</summary>
    public static string Resolve(string folder)
    {
        var descriptor = Libc.Open(folder, Libc.OpenCloseOnExec);
        if (descriptor < 0)
            return folder;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return Resolved(descriptor) ?? folder;
    }

    private static string? Resolved(int descriptor) =>
        new FileInfo("/proc/self/fd/" + descriptor.ToString(CultureInfo.InvariantCulture)).LinkTarget;
}
