using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Serverless.Api.Access.Callers;
using Serverless.Core.Names;

namespace Serverless.Local.Keys;

/// <summary>
/// The keys of the host, as files that only their owner reads: <c>admin.key</c>, made on the first start; and <c>{name}.{role}.key</c> for more
/// (roles reader, submitter, deployer, predictor, admin), made by whoever runs the host and read when it starts.
/// </summary>
internal sealed partial class KeyFolder(string folder, ILogger log)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MinLength = 16;

    /// <summary>The keys that are known, the admin's first.</summary>
    public IReadOnlyList<AccessKey> Load()
    {
        Folders.Make(folder);
        var keys = new List<AccessKey> { AccessKey.Of("admin", ReadOrMake("admin.key"), AccessScopes.Admin) };
        foreach (var file in Directory.EnumerateFiles(folder, "*.key").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file).Split('.') is [var name, var role, "key"])
                AddKey(keys, file, name, role);
        }

        return keys;
    }

    private void AddKey(List<AccessKey> keys, string file, string name, string role)
    {
        var scopes = AccessRoles.Find(role);
        if (scopes is null || !NameRules.IsName(name))
            LogUnknownRole(Shown.Quote(Path.GetFileName(file)));
        else if (Read(file) is { Length: >= MinLength } text)
            keys.Add(AccessKey.Of(name, text, scopes.Value));
        else
            LogShort(Shown.Quote(Path.GetFileName(file)), MinLength);
    }

    private string ReadOrMake(string name)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
            Make(file);
        return Read(file) is { Length: >= MinLength } text
            ? text
            : throw new InvalidDataException($"The key file '{file}' has fewer than {MinLength} characters. Delete it; the host makes a new one when it starts.");
    }

    /// <summary>Written whole under another name first: whoever reads the key never sees half of one.</summary>
    private void Make(string file)
    {
        var temporary = file + ".new";
        File.Delete(temporary);
        using (var stream = OpenNew(temporary))
            stream.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) + "\n"));
        File.Move(temporary, file, overwrite: false);
        LogMade(Path.GetFileName(file));
    }

    private static FileStream OpenNew(string file) => OperatingSystem.IsWindows()
        ? new FileStream(file, FileMode.CreateNew, FileAccess.Write)
        : new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });

    private string Read(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(file, OwnerOnly);
            LogTightened(Shown.Quote(Path.GetFileName(file)));
        }

        return File.ReadAllText(file).Trim();
    }

    [LoggerMessage(7010, LogLevel.Information, "Made '{File}' in the folder of keys.")]
    private partial void LogMade(string file);

    [LoggerMessage(7011, LogLevel.Warning, "The key file {File} could be read by others; now only its owner reads it. Change the key if others have.")]
    private partial void LogTightened(string file);

    [LoggerMessage(7012, LogLevel.Warning, "The key file {File} is left out: name it '{{name}}.{{role}}.key' with a role of reader, submitter, deployer, predictor or admin.")]
    private partial void LogUnknownRole(string file);

    [LoggerMessage(7013, LogLevel.Warning, "The key file {File} is left out: a key has at least {MinLength} characters.")]
    private partial void LogShort(string file, int minLength);
}
