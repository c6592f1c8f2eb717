using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Jobs;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Models;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Models;

/// <summary><c>model list|show</c>.</summary>
internal static class ModelCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group("model", "Models: list, look at.", List(build), Show(build));

    private static Command List(CommandBuilder build)
    {
        var name = new Argument<string?>("NAME") { Description = "The model whose versions are listed. Default: the newest version of each.", Arity = ArgumentArity.ZeroOrOne };
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "The newest version of each model, or the versions of one.", [name, options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Find(name) is { Length: > 0 } model ? run.Client.Models.VersionsAsync(model, page, run.Cancel) : run.Client.Models.ListAsync(page, run.Cancel),
            ContractsJson.Default.ModelPage,
            new TextTable("MODEL", "STAGE", "SIZE>", "METRICS*", "CREATED"),
            (table, model) => table.Row($"{model.Name}@{model.Version}", Words.Of(model.Stage), Words.Bytes(model.SizeBytes), Words.Metrics(model.Metrics, digits: 4), Words.Date(model.CreatedAt)),
            "There are no models. A job makes one when it is run with --model NAME."));
    }

    private static Command Show(CommandBuilder build)
    {
        var reference = CommandBuilder.Argument("NAME[@VERSION]", "The model; its newest version unless one is named.");
        return build.Make("show", "A model's version: metrics, gate, lineage, inputs and outputs, parity.", [reference], async run =>
        {
            var model = await run.Client.Models.GetAsync(run.Get(reference), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(model, ContractsJson.Default.ModelVersion);
            else
                ShowText(run.Output, model);
            return ExitCode.Ok;
        });
    }

    private static void ShowText(Output output, ModelVersion model)
    {
        var facts = new Facts();
        facts.Add("model", $"{model.Name}@{model.Version}");
        facts.Add("stage", Words.Of(model.Stage));
        facts.Add("created", Words.Date(model.CreatedAt));
        facts.Add("file", $"{Words.Bytes(model.SizeBytes)}, SHA-256 {Words.Short(model.Sha256)}");
        facts.Add("metrics", Words.Metrics(model.Metrics));
        foreach (var gate in model.Gate)
            facts.Add("gate", $"{GateText.Write(gate.Gate)}: {(gate.Passed ? "passed" : "not passed")} ({(gate.Value is { } value ? Words.Number(value) : "never reported")})");
        facts.Add("job", $"{model.Lineage.JobId}, attempt {model.Lineage.Epoch}");
        facts.Add("program", $"{model.Lineage.Program} {ShellWords.Join(model.Lineage.Arguments)}".TrimEnd());
        foreach (var (channel, dataset) in model.Lineage.Datasets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            facts.Add("data", $"{channel} = {dataset}");
        if (model.Lineage.Code.Count > 0)
            facts.Add("code", $"{model.Lineage.Code.Count} file(s){(model.Lineage.GitCommit is { } commit ? $", git commit {commit}" : "")}");
        facts.Add("inputs", Signatures(model.Inputs));
        facts.Add("outputs", Signatures(model.Outputs));
        if (model.Parity is { } parity)
            facts.Add("parity", $"off by {Words.Number(parity.Deviation)}, {Words.Number(Math.Round(parity.Excess * 100, 1))} % of the allowed {SafeText.Line(parity.Tolerance)}");
        facts.Write(output);
    }

    private static string Signatures(IReadOnlyList<TensorSignature> tensors)
    {
        const int shown = 6;
        var text = string.Join(", ", tensors.Take(shown).Select(tensor => $"{tensor.Name} {tensor.Datatype}[{string.Join(',', tensor.Shape)}]"));
        return tensors.Count > shown ? $"{text}, … {tensors.Count - shown} more" : text;
    }
}
