using System.CommandLine;
using System.Text;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary><c>study init</c>: writes a study to begin with. It speaks to no host.</summary>
internal static class StudyInit
{
    private const string Resource = "Templates.study.yaml";
    private const string SchemaLine = $"# yaml-language-server: $schema=./{StudySchema.FileName}\n";

    public static Command Make(CommandBuilder build)
    {
        var file = new Argument<string?>("FILE") { Description = "Where. Default: study.yaml.", Arity = ArgumentArity.ZeroOrOne };
        return build.Make("init", "Begin a study: a file with a space, an objective and a job, and its schema for editors. Nothing is overwritten.", [file], async run =>
        {
            var path = Path.GetFullPath(run.Find(file) ?? "study.yaml", run.Io.Folder);
            if (Path.Exists(path))
                throw CliException.Usage($"'{path}' is there already.", "Name another file.");
            using var template = new StreamReader(typeof(StudyInit).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource '{Resource}' is missing."));
            var text = SchemaLine + string.Join('\n', (await template.ReadToEndAsync(run.Cancel)).Split('\n').SkipWhile(line => line.StartsWith("# yaml-language-server:", StringComparison.Ordinal)));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await WriteAsync(path, Encoding.UTF8.GetBytes(text), run.Cancel);
            var schema = Path.Combine(Path.GetDirectoryName(path)!, StudySchema.FileName);
            if (!Path.Exists(schema))
                await WriteAsync(schema, StudySchema.Json, run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(new StudyWritten(path, schema), CliJson.Default.StudyWritten);
            else
                run.Output.Line(path);
            run.Output.Hint($"'{StudySchema.FileName}' beside it lets editors complete and check the file; 'serverless study schema' prints it.");
            run.Output.Hint("It searches on the digits of the samples: 'serverless data put digits samples/digits.csv', then 'serverless study run --spec " + Path.GetFileName(path) + " --wait'.");
            return ExitCode.Ok;
        });
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await target.WriteAsync(bytes, cancel);
    }
}
