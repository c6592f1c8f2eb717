using Serverless.Cli.Shell;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class ProgressTests
{
    [Fact]
    public async Task While_NobodyWatches_EachChangeIsALineAndMinorOnesNowAndThen()
    {
        var clock = new ManualTime();
        using var talk = new StringWriter { NewLine = "\n" };
        var io = new CliIo { Out = TextWriter.Null, Error = talk, In = () => Stream.Null, Environment = _ => null, Folder = "/", Clock = clock };

        var result = await new Output(io, json: false).WhileAsync("begin", say =>
        {
            say("begin");
            say("queued");
            for (var i = 0; i < 12; i++, clock.Advance(TimeSpan.FromSeconds(1)))
                say($"sent {i}", isMinor: true);
            say("running");
            return Task.FromResult(7);
        });

        Assert.Equal((7, "begin\nqueued\nsent 5\nsent 10\nrunning\n"), (result, talk.ToString()));
    }
}
