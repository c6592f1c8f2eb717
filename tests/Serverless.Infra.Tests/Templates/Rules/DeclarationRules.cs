using System.Text.Json;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>What is declared is described and used, what is used is declared, and modules are called as they want.</summary>
internal static class DeclarationRules
{
    /// <summary>The functions of the language that the templates use. Source: Bicep's list of functions.</summary>
    private static readonly HashSet<string> Functions =
    [
        "cidrSubnet", "concat", "empty", "environment", "flatten", "guid", "items", "length", "map", "replace", "resourceGroup", "resourceId", "string", "subscription", "subscriptionResourceId", "tenant", "toLower", "union", "uniqueString", "utcNow",
    ];

    public static IEnumerable<string> Check(TemplateFolder folder) =>
        [.. folder.Files.Values.SelectMany(Described), .. folder.Files.Values.SelectMany(Named), .. folder.Files.Values.SelectMany(file => Called(folder, file)), .. Reached(folder), .. Given(folder)];

    private static IEnumerable<string> Described(BicepFile file) =>
        from statement in file.Statements
        where statement is BicepParameter or BicepOutput && string.IsNullOrWhiteSpace(statement.Description)
        select $"{file.Path}({statement.Line}): '{statement.Name}' has no @description.";

    private static IEnumerable<string> Named(BicepFile file)
    {
        var declared = file.Statements.Where(statement => statement is not (BicepHeader or BicepOutput)).ToLookup(statement => statement.Name, StringComparer.Ordinal);
        foreach (var twice in declared.Where(group => group.Count() > 1))
            yield return $"{file.Path}: '{twice.Key}' is declared twice.";
        var used = file.Statements.SelectMany(statement => statement.Expressions).SelectMany(expression => expression.All).ToList();
        var loops = used.OfType<BicepLoop>().SelectMany(loop => loop.Variables).Concat(used.OfType<BicepLambda>().Select(lambda => lambda.Variable)).ToHashSet(StringComparer.Ordinal);
        var names = used.OfType<BicepName>().ToList();
        foreach (var name in names.Where(name => !declared.Contains(name.Value) && !loops.Contains(name.Value)))
            yield return $"{file.Path}({name.Line}): '{name.Value}' is not declared.";
        foreach (var call in used.OfType<BicepCall>().Where(call => call.Target is null && !Functions.Contains(call.Name)))
            yield return $"{file.Path}({call.Line}): '{call.Name}' is no function that these rules know.";
        foreach (var idle in file.Statements.Where(statement => statement is BicepParameter or BicepVariable && names.All(name => name.Value != statement.Name)))
            yield return $"{file.Path}({idle.Line}): '{idle.Name}' is not used.";
    }

    private static IEnumerable<string> Called(TemplateFolder folder, BicepFile file)
    {
        foreach (var module in file.Modules)
        {
            var path = Target(file, module);
            if (!folder.Files.TryGetValue(path, out var target))
            {
                yield return $"{file.Path}({module.Line}): the module '{module.Name}' is '{path}', which is not there.";
                continue;
            }

            var given = (module.Body["params"] as BicepObject)?.Members.Select(member => member.Name!).ToList() ?? [];
            foreach (var name in given.Except(target.Parameters.Select(parameter => parameter.Name)))
                yield return $"{file.Path}({module.Line}): the module '{module.Name}' is given '{name}', which it does not take.";
            foreach (var name in target.Parameters.Where(parameter => parameter.Default is null).Select(parameter => parameter.Name).Except(given))
                yield return $"{file.Path}({module.Line}): the module '{module.Name}' is not given '{name}'.";
            var wanted = file.Statements.SelectMany(statement => statement.Expressions).SelectMany(expression => expression.All).OfType<BicepMember>()
                .Where(member => member.Target is BicepMember { Name: "outputs" } outputs && Root(outputs.Target) == module.Name);
            foreach (var member in wanted.Where(member => target.Outputs.All(output => output.Name != member.Name)))
                yield return $"{file.Path}({member.Line}): the module '{module.Name}' has no output '{member.Name}'.";
        }
    }

    private static IEnumerable<string> Reached(TemplateFolder folder)
    {
        var called = folder.Files.Values.SelectMany(file => file.Modules.Select(module => Target(file, module))).ToHashSet(StringComparer.Ordinal);
        return folder.Files.Keys.Where(path => path != TemplateFolder.Main && !called.Contains(path)).Select(path => $"{path}: no template calls it.");
    }

    private static IEnumerable<string> Given(TemplateFolder folder)
    {
        using var document = JsonDocument.Parse(folder[TemplateFolder.ParameterFile]);
        var given = document.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToList();
        var main = folder.Files[TemplateFolder.Main];
        foreach (var name in given.Where(name => main.Parameters.All(parameter => parameter.Name != name)))
            yield return $"{TemplateFolder.ParameterFile}: there is no parameter '{name}'.";
        foreach (var parameter in main.Parameters.Where(parameter => parameter.Default is null && !given.Contains(parameter.Name)))
            yield return $"{TemplateFolder.ParameterFile}: the parameter '{parameter.Name}' is missing.";
    }

    private static string Target(BicepFile file, BicepResource module) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file.Path)!, module.Reference))).Replace('\\', '/');

    private static string? Root(BicepExpression expression) => expression switch
    {
        BicepName name => name.Value,
        BicepOperation { Operator: "!" } sure => Root(sure.Operands[0]),
        _ => null,
    };
}
