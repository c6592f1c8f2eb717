using System.CommandLine;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Costs;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Costs;

/// <summary><c>budget show|set|remove</c>.</summary>
internal static class BudgetCommands
{
    public static Command Make(CommandBuilder build) =>
        CommandBuilder.Group("budget", "What the jobs of a month may cost: show, set, remove.", Show(build), Set(build), Remove(build));

    private static Command Show(CommandBuilder build) =>
        build.Make("show", "The limit, and how this month stands.", [], async run => Write(run, await run.Client.Budget.GetAsync(run.Cancel)));

    private static Command Set(CommandBuilder build)
    {
        var amount = CommandBuilder.Argument("AMOUNT", "The most that the jobs of a calendar month (UTC) may cost.");
        var currency = CommandBuilder.Option("--currency", "CODE", "Its currency, that of the machines' prices. Default: USD.");
        return build.Make("set", "Set the limit: jobs that could pass it are refused, running ones are stopped when it is reached.", [amount, currency], async run =>
        {
            if (run.Get(amount) is not "0" && Parse(run.Get(amount)) is null)
                throw CliException.Usage($"{SafeText.Quote(run.Get(amount))} is no amount.", "Write an amount such as '200' or '99.50'.");
            return Write(run, await run.Client.Budget.SetAsync(Parse(run.Get(amount)) ?? 0, run.Get(currency) ?? "USD", run.Cancel));
        });
    }

    private static Command Remove(CommandBuilder build) => build.Make("remove", "Remove the limit that was set; the host's own holds again, if it has one.", [], async run =>
    {
        await run.Client.Budget.RemoveAsync(run.Cancel);
        return Write(run, await run.Client.Budget.GetAsync(run.Cancel));
    });

    private static decimal? Parse(string text)
    {
        try
        {
            return JobTexts.Amount(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static int Write(Invocation run, Budget budget)
    {
        if (run.Output.IsJson)
        {
            run.Output.Json(budget, ContractsJson.Default.Budget);
            return ExitCode.Ok;
        }

        var facts = new Facts();
        facts.Add("month", $"{budget.Month} (UTC)");
        facts.Add("limit", budget.Limit is { } limit ? $"{Words.Money(limit, budget.Currency)}{(budget.FromHost ? ", the host's own" : "")}" : "none");
        facts.Add("spent", Words.Money(budget.Spent, budget.Currency));
        if (budget.Left is { } left)
        {
            facts.Add("put aside", $"{Words.Money(budget.Reserved, budget.Currency)} for jobs that wait or run");
            facts.Add("left", Words.Money(left, budget.Currency));
        }

        facts.Write(run.Output);
        return ExitCode.Ok;
    }
}
