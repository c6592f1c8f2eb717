using System.Collections.Frozen;
using Serverless.Agent.Containers;
using Serverless.Agent.Starting;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>A container's init starts where the program cannot; its words are those of catatonit 0.1.7 and tini 0.19.</summary>
public sealed class ContainerExitTests
{
    [Theory]
    [InlineData(1, "ERROR (catatonit:2): failed to exec pid1: No such file or directory", "does not exist in the image")]
    [InlineData(1, "ERROR (catatonit:2): failed to exec pid1: Permission denied", "may not be executed")]
    [InlineData(127, "[FATAL tini (7)] exec /bin/x failed: No such file or directory", "does not exist in the image")]
    [InlineData(126, "[FATAL tini (7)] exec /bin/x failed: Exec format error", "may not be executed")]
    public void Read_InitThatFoundNoProgram_SaysSo(int code, string said, string words)
    {
        var (end, trouble) = Read(code, said);

        Assert.Equal(code, end.Code);
        Assert.Equal(JobReason.ProgramNotFound, trouble?.Reason);
        Assert.Contains(words, trouble!.Message, StringComparison.Ordinal);
        Assert.Contains("'/bin/x'", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "Error: no such file: train.csv")]
    [InlineData(127, "sh: nosuch: not found")]
    [InlineData(3, "ERROR (catatonit:2): failed to exec pid1: No such file or directory")]
    public void Read_ProgramThatFails_HasItsOwnCodeAndNoTrouble(int code, string said) => Assert.Equal((new ProgramEnd(code, null), null), Read(code, said));

    private static (ProgramEnd End, ContainerTrouble? Trouble) Read(int code, string said)
    {
        var state = new ContainerState { Running = false, Started = true, KilledForMemory = false, ExitCode = code, Process = 0, Error = "", Attempt = null };
        var plan = new ContainerPlan
        {
            Name = "one",
            ImageId = "sha256:1",
            EntryPoint = "/bin/x",
            Arguments = [],
            Environment = FrozenDictionary<string, string>.Empty,
            Secret = FrozenSet<string>.Empty,
            VariablesFile = "v",
            Mounts = [],
            Folder = null,
            Labels = FrozenDictionary<string, string>.Empty,
            User = ContainerUser.For(0, 0),
            WritableRoot = false,
            Network = null,
            Cpus = 1,
            MemoryBytes = 1 << 30,
            Gpus = false,
        };
        return ContainerExit.Read(new ProgramEnd(code, null), state, plan, memoryIsBounded: true, said);
    }
}
