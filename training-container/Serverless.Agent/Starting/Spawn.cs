using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Starting;

/// <summary>
/// Starts a program in a session (and so a process group) of its own, with default signal handling, an empty stdin, and the ends of pipes as stdout and stderr.
/// <see cref="System.Diagnostics.Process"/> can neither make a session nor tell apart how a program ended, and it reaps children behind our back; hence posix_spawn.
/// </summary>
internal static unsafe class Spawn
{
    private const int SetBytes = 256;
    private const int OpaqueBytes = 1024;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    /// <summary>
    /// Keeps from programs what this process itself was started with: a descriptor of the host that was left open would go on to them. What .NET opens closes by itself.
    /// </summary>
    public static void KeepDescriptors()
    {
        try
        {
            Libc.CloseRange(3, uint.MaxValue, Libc.CloseRangeOnExec);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2021: what was inherited is passed on.
        }
    }

    /// <summary>Makes a pipe whose ends no program inherits by itself.</summary>
    public static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.OpenCloseOnExec) != 0)
            throw new IOException($"No pipe could be made: error {Marshal.GetLastPInvokeError()}. Raise the limit on open files (ulimit -n).");
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>Starts the program.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="input">Its stdin; null: empty.</param>
    /// <param name="output">Its stdout; null: nowhere.</param>
    /// <param name="error">Its stderr; null: nowhere.</param>
    /// <param name="pid">The process; its process group has the same number.</param>
    /// <returns>0, or the system's error number.</returns>
    public static int Start(ProgramStart start, SafeFileHandle? input, SafeFileHandle? output, SafeFileHandle? error, out int pid)
    {
        var actions = NativeMemory.AllocZeroed(OpaqueBytes);
        var attributes = NativeMemory.AllocZeroed(OpaqueBytes);
        var signals = stackalloc byte[SetBytes];
        using var arguments = new TextArray([start.Executable, .. start.Arguments]);
        using var environment = new TextArray([.. start.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            Libc.ActionsInit(actions);
            Direct(actions, input, 0, ReadOnly);
            Direct(actions, output, 1, WriteOnly);
            Direct(actions, error, 2, WriteOnly);
            Libc.ActionsChangeFolder(actions, start.Folder);
            Libc.AttributesInit(attributes);
            Libc.FullSet(signals);
            Libc.AttributesSignalDefaults(attributes, signals);
            Libc.EmptySet(signals);
            Libc.AttributesSignalMask(attributes, signals);
            Libc.AttributesFlags(attributes, Libc.SpawnNewSession | Libc.SpawnSignalDefaults | Libc.SpawnSignalMask);
            int child;
            var result = Libc.PosixSpawn(&child, arguments.First, actions, attributes, arguments.Pointer, environment.Pointer);
            pid = child;
            return result;
        }
        finally
        {
            Libc.ActionsDestroy(actions);
            Libc.AttributesDestroy(attributes);
            NativeMemory.Free(actions);
            NativeMemory.Free(attributes);
        }
    }

    /// <summary>Waits for a child's end and takes note of it.</summary>
    public static ProgramEnd WaitFor(int pid)
    {
        var status = 0;
        while (Libc.WaitPid(pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }

        return ProgramEnd.FromStatus(status);
    }

    private static void Direct(void* actions, SafeFileHandle? handle, int descriptor, int flags)
    {
        if (handle is null)
            Libc.ActionsOpen(actions, descriptor, "/dev/null", flags, 0);
        else
            Libc.ActionsDuplicate(actions, (int)handle.DangerousGetHandle(), descriptor);
    }

    /// <summary>Texts as a null-terminated array of null-terminated UTF-8.</summary>
    private sealed class TextArray : IDisposable
    {
        public TextArray(IReadOnlyList<string> texts)
        {
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < texts.Count; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(texts[i]);
                Pointer[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
                bytes.CopyTo(new Span<byte>(Pointer[i], bytes.Length));
            }
        }

        public byte** Pointer { get; }

        public byte* First => Pointer[0];

        public void Dispose()
        {
            for (var text = Pointer; *text is not null; text++)
                NativeMemory.Free(*text);
            NativeMemory.Free(Pointer);
        }
    }
}
