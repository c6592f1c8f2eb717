using System.CommandLine;
using Serverless.Cli.Shell;

namespace Serverless.Cli.Studies;

/// <summary><c>study init</c>: writes a study to begin with. It speaks to no host.</summary>
internal static class StudyInit
{
    private const string Resource = "Templates.study.yaml";

    public static Command Make(CommandBuilder build)
    {
        var file = new Argument<string?>("FILE") { Description = "Where. Default: study.yaml.", Arity = ArgumentArity.ZeroOrOne };
        return build.Make("init", "Begin a study: a file with a space, an objective and a job. Nothing is overwritten.", [file], async run =>
        {
            var path = Path.GetFullPath(run.Find(file) ?? "study.yaml", run.Io.Folder);
            if (Path.Exists(path))
                throw CliException.Usage($"'{path}' is there already.", "Name another file.");
            await using var template = typeof(StudyInit).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource '{Resource}' is missing.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                await template.CopyToAsync(target, run.Cancel);
            run.Output.Line(path);
            run.Output.Hint("It searches on the digits of the samples: 'serverless data put digits samples/digits.csv', then 'serverless study run --spec " + Path.GetFileName(path) + " --wait'.");
            return ExitCode.Ok;
        });
    }
}
