using System.CommandLine;
using System.Text;
using Serverless.Cli.Shell;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary><c>study schema</c>: the JSON Schema of a study's file. It speaks to no host.</summary>
internal static class StudySchemaCommand
{
    public static Command Make(CommandBuilder build) => build.Make("schema", "Print the JSON Schema of a study's file, by which editors complete and check it.", [], run =>
    {
        run.Io.Out.Write(Encoding.UTF8.GetString(StudySchema.Json.Span));
        return Task.FromResult(ExitCode.Ok);
    });
}
