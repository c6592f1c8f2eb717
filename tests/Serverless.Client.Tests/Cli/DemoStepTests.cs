using Serverless.Cli.Demo;
using Serverless.Cli.Hosts;
using Serverless.Cli.Shell;
using Serverless.Client.Errors;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class DemoStepTests
{
    [Fact]
    public async Task Await_StepDoesNotHappenInTime_FailsWithItsNameAndWhatWasSeen()
    {
        var (clock, steps) = Steps(TestContext.Current.CancellationToken);
        steps.Say("job running");

        var waiting = steps.AwaitAsync("the training ends well", TimeSpan.FromSeconds(120), async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
            return 0;
        });
        clock.Advance(TimeSpan.FromSeconds(121));

        var e = await Assert.ThrowsAsync<CliException>(() => waiting);
        Assert.Equal(ExitCode.Failed, e.ExitCode);
        Assert.Contains("'the training ends well': it did not happen within 120 s. Last seen: job running.", e.Message);
    }

    [Fact]
    public async Task Await_HostIsGone_FailsWithItsName()
    {
        var (_, steps) = Steps(TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<CliException>(() => steps.AwaitAsync<int>("the upload", TimeSpan.FromSeconds(30), _ => throw new HostUnreachableException("No answer.")));

        Assert.Contains("'the upload': No answer.", e.Message);
    }

    [Fact]
    public async Task Await_Interrupted_IsNoFailureOfTheStep()
    {
        using var interrupt = new CancellationTokenSource();
        var (_, steps) = Steps(interrupt.Token);

        var waiting = steps.AwaitSomeAsync<string>("the nodes leave", TimeSpan.FromSeconds(30), _ => Task.FromResult<string?>(null));
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void StartedPrograms_PublishedAndBuilt_PublishedComesFirst()
    {
        using var folder = new TempFolder();
        Write(folder, "built/Serverless.Local.dll");
        Write(folder, "built/Serverless.Agent.dll");
        Write(folder, "built/Serverless.Agent");
        File.WriteAllLines(folder["programs.txt"], [folder["built/Serverless.Local.dll"], folder["built/Serverless.Agent.dll"], folder["gone/Serverless.Algorithms.dll"]]);
        var programs = new StartedPrograms(folder.Path);

        Assert.Equal(folder["built/Serverless.Local.dll"], programs.Find(StartedPrograms.Local));
        Assert.Equal(folder["built/Serverless.Agent"], programs.Find(StartedPrograms.Agent));
        Assert.Contains("gone/Serverless.Algorithms.dll", Assert.Throws<CliException>(() => programs.Find(StartedPrograms.Algorithms)).Message);
        Write(folder, "libexec/Serverless.Local/Serverless.Local.dll");
        Assert.Equal(folder["libexec/Serverless.Local/Serverless.Local.dll"], programs.Find(StartedPrograms.Local));
    }

    private static (ManualTime Clock, DemoSteps Steps) Steps(CancellationToken cancel)
    {
        var clock = new ManualTime();
        var io = new CliIo { Out = TextWriter.Null, Error = TextWriter.Null, In = () => Stream.Null, Environment = _ => null, Folder = "/", Clock = clock };
        return (clock, new DemoSteps(new Output(io, json: false), clock, cancel));
    }

    private static void Write(TempFolder folder, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], "");
    }
}
