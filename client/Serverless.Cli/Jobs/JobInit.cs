using System.CommandLine;
using Serverless.Cli.Hosts;
using Serverless.Cli.Shell;
using Serverless.Cli.Shown;
using Serverless.Cli.Terminal;

namespace Serverless.Cli.Jobs;

/// <summary><c>job init</c>: writes a program to begin with. It speaks to no host.</summary>
internal static class JobInit
{
    private const int MaxNameLength = 64;

    public static Command Make(CommandBuilder build)
    {
        var template = new Argument<string?>("TEMPLATE") { Description = $"What to begin with: {string.Join(", ", JobTemplate.All.Select(each => each.Name))}.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Argument<string?>("FOLDER") { Description = "Where; made when it is not there. Default: a folder named as the template.", Arity = ArgumentArity.ZeroOrOne };
        var list = CommandBuilder.Switch("--list", "Only say which templates there are.");
        return build.Make("init", "Begin a job program: one Program.cs with its project. Nothing is overwritten.", [template, folder, list], run =>
        {
            if (run.Get(list))
                return Task.FromResult(List(run.Output));
            var chosen = JobTemplate.All.FirstOrDefault(each => each.Name == run.Find(template))
                ?? throw CliException.Usage(run.Find(template) is { } wrong ? $"There is no template '{wrong}'." : "No template is named.", $"The templates are: {string.Join(", ", JobTemplate.All.Select(each => each.Name))}; 'job init --list' says what they are.");
            return Task.FromResult(Write(run, chosen, Path.GetFullPath(run.Find(folder) ?? chosen.Name, run.Io.Folder), StartedPrograms.OfProcess));
        });
    }

    private static int List(Output output)
    {
        if (output.IsJson)
        {
            output.Json(new TemplateList([.. JobTemplate.All.Select(template => new TemplateShown(template.Name, template.Description))]), CliJson.Default.TemplateList);
            return ExitCode.Ok;
        }

        var table = new TextTable("NAME", "WHAT*");
        foreach (var template in JobTemplate.All)
            table.Row(template.Name, template.Description);
        output.Table(table);
        return ExitCode.Ok;
    }

    private static int Write(Invocation run, JobTemplate template, string folder, StartedPrograms programs)
    {
        var project = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        if (project.Length is 0 or > MaxNameLength || !char.IsAsciiLetter(project[0]) || !project.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw CliException.Usage($"'{project}' cannot be a project's name.", $"Name the folder with a letter first, then letters, digits, '-' and '_', at most {MaxNameLength} in all.");
        var clone = CloneOf(AppContext.BaseDirectory) ?? "";
        var files = template.Files(project, clone.Replace('\\', '/'));
        var libraries = template.Libraries.Count == 0 ? [] : Libraries(template, Path.GetDirectoryName(programs.Find(StartedPrograms.Algorithms))!);
        IReadOnlyList<string> all = [.. files.Select(file => file.Path), .. libraries.Select(library => $"lib/{Path.GetFileName(library)}")];
        if (all.Where(path => File.Exists(Path.Combine(folder, path))).ToList() is [_, ..] there)
            throw CliException.Usage($"{string.Join(", ", there.Select(path => $"'{path}'"))} {(there.Count == 1 ? "is" : "are")} in '{folder}' already; nothing is written.", "Name another folder.");

        Directory.CreateDirectory(folder);
        foreach (var (path, text) in files)
        {
            using var file = new StreamWriter(new FileStream(Path.Combine(folder, path), FileMode.CreateNew));
            file.Write(text);
        }

        foreach (var library in libraries)
            File.Copy(library, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName, Path.GetFileName(library)));
        if (run.Output.IsJson)
            run.Output.Json(new TemplateWritten(template.Name, project, folder, all), CliJson.Default.TemplateWritten);
        else
            run.Output.Line($"{all.Count} files in {folder}");
        run.Output.Hint(template.Libraries.Count == 0 && clone.Length == 0
            ? "Give the folder of a clone of Serverless when you build: dotnet build -p:ServerlessSource=FOLDER."
            : $"README.md there says how to run it: dotnet run --project {project}.");
        return ExitCode.Ok;
    }

    /// <summary>The libraries and their documentation.</summary>
    private static IReadOnlyList<string> Libraries(JobTemplate template, string folder) =>
        [.. template.Libraries.SelectMany(name => new[] { $"{name}.dll", $"{name}.xml" }).Select(name => Path.Combine(folder, name))
            .Where(path => path.EndsWith(".dll", StringComparison.Ordinal) || File.Exists(path))];

    private static string? CloneOf(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Serverless.sln")))
                return folder;
        return null;
    }
}
