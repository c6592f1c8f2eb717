using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Data;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Endpoints;

/// <summary><c>endpoint deploy|list|show|rollback|delete</c>.</summary>
internal static class EndpointCommands
{
    public static Command Make(CommandBuilder build) =>
        CommandBuilder.Group("endpoint", "Endpoints: deploy, list, look at, roll back, delete.", Deploy(build), List(build), Show(build), Rollback(build), Delete(build));

    private static Command Deploy(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The endpoint; made when it does not exist.");
        var model = new Option<string>("--model") { Description = "The model; its newest approved version unless one is named.", HelpName = "NAME[@VERSION]", Required = true };
        var idle = CommonOptions.Ranged("--idle-seconds", "N", "Seconds without a call after which the session is unloaded, 1 to 86400.", 1, 86_400);
        var noWait = CommandBuilder.Switch("--no-wait", "Do not wait until the new model answers.");
        return build.Make("deploy", "Put a model's version behind an endpoint.", [name, model, idle, noWait], async run =>
        {
            var (modelName, version) = ModelReference(run.Get(model)!);
            var request = new DeployRequest { Model = modelName, Version = version, IdleSeconds = run.Get(idle) };
            return await WaitAsync(run, await run.Client.Endpoints.DeployAsync(run.Get(name), request, run.Cancel), run.Get(noWait));
        });
    }

    private static Command Rollback(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The endpoint.");
        var noWait = CommandBuilder.Switch("--no-wait", "Do not wait until the old model answers.");
        return build.Make("rollback", "Go back to what answered before the last change.", [name, noWait], async run =>
            await WaitAsync(run, await run.Client.Endpoints.RollbackAsync(run.Get(name), run.Cancel), run.Get(noWait)));
    }

    private static Command List(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "The endpoints and what answers there.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Endpoints.ListAsync(page, run.Cancel),
            ContractsJson.Default.EndpointPage,
            new TextTable("NAME", "TRAFFIC*", "SESSIONS>", "IDLE>", "UPDATED"),
            (table, endpoint) => table.Row(endpoint.Name, Traffic(endpoint.Traffic), Words.Count(endpoint.Sessions), Words.Time(TimeSpan.FromSeconds(endpoint.IdleSeconds)), Words.Date(endpoint.UpdatedAt)),
            "There are no endpoints. 'serverless endpoint deploy NAME --model MODEL' makes one."));
    }

    private static Command Show(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The endpoint.");
        return build.Make("show", "An endpoint: what answers there, and what did before.", [name], async run =>
        {
            var endpoint = await run.Client.Endpoints.GetAsync(run.Get(name), run.Cancel);
            if (run.Output.IsJson)
            {
                run.Output.Json(endpoint, ContractsJson.Default.Endpoint);
                return ExitCode.Ok;
            }

            var facts = new Facts();
            facts.Add("endpoint", endpoint.Name);
            facts.Add("traffic", Traffic(endpoint.Traffic));
            facts.Add("before", Traffic(endpoint.Previous));
            facts.Add("revision", endpoint.Revision.ToString(CultureInfo.InvariantCulture));
            facts.Add("sessions", $"{endpoint.Sessions} loaded; unloaded after {Words.Time(TimeSpan.FromSeconds(endpoint.IdleSeconds))} without a call");
            facts.Add("created", Words.Date(endpoint.CreatedAt));
            facts.Add("updated", Words.Date(endpoint.UpdatedAt));
            facts.Write(run.Output);
            return ExitCode.Ok;
        });
    }

    private static Command Delete(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "The endpoint.");
        return build.Make("delete", "Remove an endpoint; its models stay.", [name], async run =>
        {
            await run.Client.Endpoints.DeleteAsync(run.Get(name), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(new Done(run.Get(name), true), CliJson.Default.Done);
            else
                run.Output.Talk($"Endpoint '{run.Get(name)}' is deleted; its models stay.");
            return ExitCode.Ok;
        });
    }

    private static async Task<int> WaitAsync(Invocation run, Deployment deployment, bool noWait)
    {
        if (!noWait)
            deployment = await run.Output.WhileAsync($"Deploying {deployment.Model} to '{deployment.Endpoint}': check, load, probe", _ => run.Client.Endpoints.WaitAsync(deployment, run.Cancel));
        if (run.Output.IsJson)
            run.Output.Json(deployment, ContractsJson.Default.Deployment);
        else
            run.Output.Line($"{deployment.Endpoint}  {deployment.Model}  {Words.Of(deployment.Status)}  {deployment.Id}");
        if (deployment.Status != DeploymentStatus.Failed)
            return ExitCode.Ok;
        run.Output.Hint($"{deployment.Message} What answered before still does.");
        return ExitCode.Failed;
    }

    private static (string Name, int? Version) ModelReference(string reference)
    {
        var (name, version) = DataCommands.SplitReference(reference);
        if (version is null)
            return (name, null);
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (name, number)
            : throw CliException.Usage($"'{version}' is no version of a model.", "Versions are numbers from 1: --model digits@3.");
    }

    private static string Traffic(IReadOnlyList<EndpointTraffic> traffic) =>
        string.Join(", ", traffic.Select(share => $"{share.Model}@{share.Version} {share.Weight} %"));
}
