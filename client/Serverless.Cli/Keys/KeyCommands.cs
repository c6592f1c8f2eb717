using System.CommandLine;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Access;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Keys;

/// <summary><c>key make|list|revoke</c>.</summary>
internal static class KeyCommands
{
    public static Command Make(CommandBuilder build) => CommandBuilder.Group("key", "Keys of the host, for admins.", MakeKey(build), List(build), Revoke(build));

    private static Command MakeKey(CommandBuilder build)
    {
        var name = CommandBuilder.Argument("NAME", "Whose it is or what it is for.");
        var role = new Option<AccessRole>("--role") { Description = "What it may do: reader, submitter, deployer, predictor, admin.", HelpName = "ROLE", Required = true };
        var endpoint = CommandBuilder.Option("--endpoint", "NAME", "The one endpoint that it may ask; only for a predictor.");
        var expires = CommandBuilder.Option("--expires", "TIME", "How long it works: 12h, 30d, 365d. Default: until it is revoked.");
        return build.Make("make", "Make a key; its text is shown once.", [name, role, endpoint, expires], async run =>
        {
            var made = await run.Client.Keys.MakeAsync(new ApiKeyRequest
            {
                Name = run.Get(name),
                Role = run.Get(role),
                Endpoint = run.Get(endpoint),
                ExpiresAt = run.Get(expires) is { } life ? run.Io.Clock.GetUtcNow() + Life(life) : null,
            }, run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(made, ContractsJson.Default.ApiKeyMade);
            else
                run.Output.Line(made.Text);
            run.Output.Hint($"Keep it now: it is not shown again. 'serverless key revoke {made.Key.Id}' ends it.");
            return ExitCode.Ok;
        });
    }

    private static Command List(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return build.Make("list", "The keys, without their texts.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Keys.ListAsync(page, run.Cancel),
            ContractsJson.Default.ApiKeyPage,
            new TextTable("ID", "NAME*", "ROLE", "ENDPOINT", "EXPIRES", "MADE BY"),
            (table, key) => table.Row(key.Id, key.Name, key.Role.ToString().ToLowerInvariant(), key.Endpoint, key.ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), key.CreatedBy),
            "There are no keys beside the host's own. 'serverless key make NAME --role ROLE' makes one."));
    }

    private static Command Revoke(CommandBuilder build)
    {
        var id = CommandBuilder.Argument("ID", "The key's id.");
        return build.Make("revoke", "End a key.", [id], async run =>
        {
            await run.Client.Keys.RevokeAsync(run.Get(id), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(new Done(run.Get(id), true), CliJson.Default.Done);
            else
                run.Output.Talk($"Key '{run.Get(id)}' works no more.");
            return ExitCode.Ok;
        });
    }

    private static TimeSpan Life(string text)
    {
        try
        {
            return TimeSpan.FromSeconds(JobTexts.Seconds(text));
        }
        catch (FormatException error)
        {
            throw CliException.Usage([new FieldError("--expires", $"{SafeText.Quote(text)} cannot be read.", error.Message)]);
        }
    }
}
