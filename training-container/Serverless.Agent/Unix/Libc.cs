using System.Runtime.InteropServices;

namespace Serverless.Agent.Unix;

/// <summary>The few functions of the C library that .NET has no equal for. Constants are Linux's.</summary>
internal static unsafe partial class Libc
{
    public const int Interrupted = 4;
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigStop = 19;
    public const int OpenCloseOnExec = 0x80000;
    public const int OpenNonBlocking = 0x800;
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitNoReap = 0x01000000;
    public const int WaitForProcess = 1;
    public const int SetDumpable = 4;
    public const int SetChildSubreaper = 36;
    public const int CloseRangeOnExec = 4;
    public const short SpawnSignalDefaults = 0x04;
    public const short SpawnSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int PosixSpawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int ActionsInit(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int ActionsDestroy(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ActionsOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int ActionsDuplicate(void* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ActionsChangeFolder(void* actions, string path);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesInit(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int AttributesDestroy(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSignalDefaults(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSignalMask(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "sigemptyset")]
    public static partial int EmptySet(void* set);

    [LibraryImport(Library, EntryPoint = "sigfillset")]
    public static partial int FullSet(void* set);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, int id, void* info, int options);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int id, int* status, int options);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int id, int signal);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport(Library, EntryPoint = "getegid")]
    public static partial uint Group();

    /// <summary>Gives a file to somebody; a link itself, not what it points to.</summary>
    [LibraryImport(Library, EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "close_range")]
    public static partial int CloseRange(uint first, uint last, int flags);

    [LibraryImport(Library, EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* Variable(string name);

    [LibraryImport(Library, EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string from, string to);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);
}
