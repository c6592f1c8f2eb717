using Serverless.Cli;
using Serverless.Cli.Shell;
using Serverless.Client.Tests.Fake;

namespace Serverless.Client.Tests.Cli;

/// <summary>One run of the command line within the test.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> AsAsync(FakeApi api, params string[] arguments) => InAsync(api, Path.GetTempPath(), arguments);

    public static Task<CliRun> InAsync(FakeApi api, string folder, params string[] arguments) =>
        WithAsync(new Dictionary<string, string> { ["SERVERLESS_URL"] = api.Address.ToString(), ["SERVERLESS_KEY"] = FakeApi.Key }, folder, "", arguments);

    public static async Task<CliRun> WithAsync(IReadOnlyDictionary<string, string> environment, string folder, string input, params string[] arguments)
    {
        using var data = new StringWriter { NewLine = "\n" };
        using var talk = new StringWriter { NewLine = "\n" };
        var io = new CliIo
        {
            Out = data,
            Error = talk,
            In = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            Environment = name => environment.GetValueOrDefault(name),
            Folder = folder,
            Width = 80,
        };
        var code = await CliProgram.RunAsync(arguments, io, TestContext.Current.CancellationToken);
        return new CliRun(code, data.ToString(), talk.ToString());
    }
}
