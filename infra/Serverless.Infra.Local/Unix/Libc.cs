using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Serverless.Infra.Local.Unix;

/// <summary>The few calls of the system's C library that .NET does not offer: to walk folders without following links, to flush them, and to signal process groups.</summary>
internal static class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NoEntry = 2;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>Flags that differ from system to system, and on Linux from processor to processor.</summary>
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static int Directory => OperatingSystem.IsMacOS() ? 0x100000 : IsArm ? 0x4000 : 0x10000;

    public static int NoFollow => OperatingSystem.IsMacOS() ? 0x100 : IsArm ? 0x8000 : 0x20000;

    public static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static int NonBlocking => OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    public static int CreateNew => OperatingSystem.IsMacOS() ? 0x200 | 0x800 : 0x40 | 0x80;

    public static int RemoveFolder => OperatingSystem.IsMacOS() ? 0x80 : 0x200;

    public static int NotEmpty => OperatingSystem.IsMacOS() ? 66 : 39;

    public static int TooManyLinks => OperatingSystem.IsMacOS() ? 62 : 40;

    public static int NameTooLong => OperatingSystem.IsMacOS() ? 63 : 36;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static extern int OpenAt(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);

    /// <summary>For Linux alone: elsewhere a variadic argument may be passed in another place.</summary>
    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static extern int OpenAt(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags, uint mode);

    [DllImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static extern int MakeFolderAt(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint mode);

    [DllImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static extern int RenameAt(
        SafeFileHandle fromFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, SafeFileHandle toFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static extern int UnlinkAt(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static extern int Flush(SafeFileHandle handle);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static extern int StatX(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags, uint mask, [Out] byte[] facts);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static extern int Kill(int process, int signal);

    /// <summary>The failure of the last call, with the error's number in <see cref="Exception.HResult"/> as .NET itself has it.</summary>
    public static IOException Failure(string what, int error) => new($"{what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    /// <summary>How many names a file has; 1 where the system cannot say.</summary>
    public static int NamesOf(SafeFileHandle file)
    {
        const int emptyPath = 0x1000;
        const uint linkCount = 4;
        var facts = new byte[256];
        if (!OperatingSystem.IsLinux() || StatX(file, "", emptyPath, linkCount, facts) != 0)
            return 1;
        return BitConverter.ToInt32(facts, 16);
    }
}
