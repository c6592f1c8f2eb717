using Microsoft.Extensions.Logging;
using Serverless.Api.Access.Callers;
using Serverless.Functions.Tests.Api;
using Serverless.Local.Keys;
using Serverless.Local.Logs;
using Serverless.Local.Running;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Local;

public sealed class LocalFilesTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void Keys_OnTheFirstStart_AreMadeForTheOwnerAlone_AndKept()
    {
        using var folder = new TempFolder();
        var first = new KeyFolder(folder["keys"], new RecordedLog()).Load();
        Assert.Equal(Owner, Mode(folder["keys/admin.key"]));
        Assert.True(File.ReadAllText(folder["keys/admin.key"]).Trim().Length >= 43);
        Assert.Equal(first[0].Sha256, new KeyFolder(folder["keys"], new RecordedLog()).Load()[0].Sha256);
    }

    [Fact]
    public void Keys_MoreFiles_GiveRolesByTheirNames()
    {
        using var folder = new TempFolder();
        var log = new RecordedLog();
        Directory.CreateDirectory(folder["keys"]);
        File.WriteAllText(folder["keys/ci.submitter.key"], "a key of sixteen or more");
        File.WriteAllText(folder["keys/ci.king.key"], "a key of sixteen or more");
        File.WriteAllText(folder["keys/ci.reader.key"], "short");
        var keys = new KeyFolder(folder["keys"], log).Load();
        Assert.Equal([("admin", AccessScopes.Admin), ("ci", AccessScopes.Submitter)], keys.Select(key => (key.Name, key.Scopes)));
        Assert.Equal(Owner, Mode(folder["keys/ci.submitter.key"]));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("sixteen", StringComparison.Ordinal));
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? Owner : File.GetUnixFileMode(file);

    [Fact]
    public void Lock_TakenTwice_NamesTheProcessThatHasIt()
    {
        using var folder = new TempFolder();
        var (first, _) = HostLock.Take(folder["lock"]);
        var (second, holder) = HostLock.Take(folder["lock"]);
        Assert.Null(second);
        Assert.Equal($"{Environment.ProcessId}", holder);
        first!.Dispose();
        var (third, _) = HostLock.Take(folder["lock"]);
        Assert.NotNull(third);
        third.Dispose();
    }

    [Fact]
    public void Log_EntryWithLineEndsAndEscapes_IsOneLine()
    {
        var output = new StringWriter();
        new LineLog(output, new ManualTime()).CreateLogger("Serverless.Api.Thing").Log(LogLevel.Warning, new EventId(7), "a\nfake line\r\u001b[31m", null, (state, _) => state);
        Assert.Equal("2026-01-01T00:00:00.000Z warn 7 Thing: a|fake line  [31m" + Environment.NewLine, output.ToString());
    }
}
