using System.Text;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Containers;
using Serverless.Agent.Starting;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Programs;

/// <summary>
/// A small shell process that outlives an agent which is killed (-9): its stdin is a pipe that only the agent holds, and when that ends without a word it kills the
/// program's process group, every process that has the attempt's checkpoint folder in its environment, and the attempt's container. Without a shell there is no guard, and
/// a killed agent's program runs on, cut off from everything by its old epoch; a container is then removed by the next agent that starts.
/// </summary>
internal sealed class ProgramGuard : IDisposable
{
    private const string Shell = "/bin/sh";

    private const string Script =
        """
        group=
        while read -r word; do
          if [ "$word" = done ]; then exit 0; fi
          group=$word
        done
        if [ -n "$group" ]; then kill -KILL -- "-$group" 2>/dev/null; fi
        for round in 1 2 3; do
          for file in $(grep -lzxF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
            pid=${file#/proc/}
            kill -KILL "${pid%/environ}" 2>/dev/null
          done
        done
        if [ $# -gt 2 ]; then "$2" kill --signal=KILL "$3"; "$2" rm --force --volumes "$3"; fi >/dev/null 2>&1
        """;

    private readonly FileStream? pipe;

    private ProgramGuard(int id, FileStream? pipe)
    {
        Id = id;
        this.pipe = pipe;
    }

    /// <summary>Its process; 0: there is none.</summary>
    public int Id { get; }

    /// <summary>Starts the guard; before the program, so that there is no moment without it.</summary>
    /// <param name="marker">A <c>NAME=VALUE</c> that is in the environment of this attempt's program and of no other.</param>
    /// <param name="container">The attempt's container; null: it has none.</param>
    public static ProgramGuard Start(string marker, JobContainer? container)
    {
        if (!File.Exists(Shell))
            return new ProgramGuard(0, null);
        var (read, write) = Spawn.Pipe();
        using (read)
        {
            var variables = container?.Client.Environment ?? new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" };
            string[] more = container is null ? [] : [container.Client.Path, container.Plan.Name];
            var failed = Spawn.Start(new ProgramStart(Shell, ["-c", Script, "sh", marker, .. more], variables, "/"), read, null, null, out var id) != 0;
            return failed ? Without(write) : new ProgramGuard(id, new FileStream(write, FileAccess.Write, bufferSize: 0));
        }
    }

    /// <summary>Tells it what to kill.</summary>
    public void Watch(int group) => Say(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group}\n"));

    /// <summary>Sends it home: the program and all that came from it are gone.</summary>
    public unsafe void Dispose()
    {
        if (pipe is null)
            return;
        Say("done\n");
        pipe.Dispose();
        int status;
        Libc.WaitPid(Id, &status, 0);
    }

    private static ProgramGuard Without(SafeFileHandle write)
    {
        write.Dispose();
        return new ProgramGuard(0, null);
    }

    private void Say(string words)
    {
        try
        {
            pipe?.Write(Encoding.ASCII.GetBytes(words));
        }
        catch (IOException)
        {
            // The guard was killed by somebody: the agent does its work without one.
        }
    }
}
