using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies.Findings;

/// <summary><c>study importance</c>.</summary>
internal static class ImportanceCommand
{
    /// <summary>Below this part of the variance that the forest explains, its answer is more chance than knowledge.</summary>
    private const double PoorFit = 0.3;

    private const int WidestBar = 40;

    private static readonly IReadOnlyDictionary<string, ImportanceMethod> Methods = new Dictionary<string, ImportanceMethod>(StringComparer.OrdinalIgnoreCase)
    {
        ["fanova"] = ImportanceMethod.Fanova,
        ["ped-anova"] = ImportanceMethod.PedAnova,
    };

    public static Command Make(CommandBuilder build)
    {
        var id = FindingOptions.Id();
        var objective = FindingOptions.Objective();
        var method = CommandBuilder.Option("--method", "fanova|ped-anova", "How: fanova (default), the part of the variance over the whole space; ped-anova, what sets the best tenth of the trials apart.");
        var pairs = CommandBuilder.Switch("--pairs", "Look at pairs too: what two parameters do together beyond each by itself. Only by fanova.");
        return build.Make("importance", "Which parameters mattered to the objective, and how much.", [id, objective, method, pairs], async run =>
        {
            var errors = new List<FieldError>();
            var how = Read(run.Get(method), run.Get(pairs), errors);
            if (run.Get(objective) is { } named)
                ObjectiveName.Find((await run.Client.Studies.GetAsync(run.Get(id), run.Cancel)).Spec.Objectives, named, errors);
            if (errors.Count > 0)
                throw CliException.Usage(errors);
            var found = await run.Client.Studies.ImportanceAsync(run.Get(id), run.Get(objective), how, run.Get(pairs), run.Cancel);
            if (run.Output.IsJson)
                run.Output.Json(found, ContractsJson.Default.StudyImportance);
            else
                Write(run.Output, found);
            return ExitCode.Ok;
        });
    }

    private static ImportanceMethod Read(string? text, bool pairs, List<FieldError> errors)
    {
        var method = ImportanceMethod.Fanova;
        if (text is not null && !Methods.TryGetValue(text, out method))
        {
            var near = Suggestion.For(text, Methods.Keys);
            errors.Add(new FieldError("--method", $"{SafeText.Quote(text)} is not known.", near.Count > 0 ? $"Did you mean '{near[0]}'?" : "Give fanova or ped-anova."));
            return ImportanceMethod.Fanova;
        }

        if (pairs && method != ImportanceMethod.Fanova)
            errors.Add(new FieldError("--pairs", "It is only for fanova: ped-anova looks at one parameter at a time.", "Leave one of the two out."));
        return method;
    }

    private static void Write(Output output, StudyImportance found)
    {
        var names = found.Parameters.Select(parameter => parameter.Name).Concat(found.Pairs.Select(Name)).Concat(found.Unranked.Select(parameter => parameter.Name)).DefaultIfEmpty("").Max(name => name.Length);
        var bar = Math.Clamp(output.Width - Math.Min(names, output.Width / 3) - 42, 8, WidestBar);
        var isFanova = found.Method == ImportanceMethod.Fanova;
        var table = new TextTable("PARAMETER*", "IMPORTANCE>", "", isFanova ? "OF VARIANCE>" : "DIVERGENCE>", "TRIALS>");
        foreach (var parameter in found.Parameters)
            table.Row(parameter.Name, Percent(parameter.Importance), Bar.Of(parameter.Importance, bar) is { Length: > 0 } drawn ? drawn : " ", Value(parameter, isFanova), Count(parameter.Trials));
        foreach (var parameter in found.Unranked)
            table.Row(parameter.Name, null, Why(parameter.Reason), null, Count(parameter.Trials));
        output.Table(table);
        if (found.Pairs.Count > 0)
            WritePairs(output, found.Pairs, bar);
        Explain(output, found);
    }

    private static void WritePairs(Output output, IReadOnlyList<PairImportance> pairs, int bar)
    {
        const int Shown = 10;
        output.Line("");
        var table = new TextTable("TOGETHER*", "OF VARIANCE>", "", "TRIALS>");
        foreach (var pair in pairs.Take(Shown))
            table.Row(Name(pair), Percent(pair.Value), Bar.Of(pair.Value, bar) is { Length: > 0 } drawn ? drawn : " ", Count(pair.Trials));
        output.Table(table);
        if (pairs.Count > Shown)
            output.Hint($"These are the first {Shown} of {pairs.Count} pairs; '--output json' has all.");
    }

    private static void Explain(Output output, StudyImportance found)
    {
        var trials = $"{Words.Count(found.Trials)} complete trials{(found.Infinite > 0 ? $" ({Words.Count(found.Infinite)} more are infinite and do not count)" : "")}";
        if (found.Method == ImportanceMethod.PedAnova)
        {
            output.Hint($"What sets the best tenth of {trials} apart in {found.Objective}; of a parameter that is not always there, among the trials where it is.");
            return;
        }

        output.Hint($"How much each parameter by itself changes {found.Objective} over the whole space, by {trials}; of one that is not always there, among the trials where it is.");
        if (found.MostLearnt < found.Trials)
            output.Hint($"The trees learnt from an even pick of at most {Words.Count(found.MostLearnt.Value)}.");
        if (found.Fit is { } fit)
            output.Hint(fit >= PoorFit
                ? $"The trees explain {Percent(fit)} of the variance in trials that they have not seen."
                : $"Take this with care: the trees explain {(fit > 0 ? $"only {Percent(fit)}" : "nothing")} of the variance in trials that they have not seen. More trials help, above all random ones.");
    }

    private static string Value(ParameterImportance parameter, bool isFanova) => !isFanova ? Words.Number(parameter.Value, 3)
        : parameter.Spread is { } spread ? $"{Percent(parameter.Value)} ± {Percent(spread)}" : Percent(parameter.Value);

    private static string Name(PairImportance pair) => $"{pair.First} × {pair.Second}";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Count(int trials) => Words.Count(trials);

    private static string Why(UnrankedReason reason) => reason switch
    {
        UnrankedReason.Constant => "has one value",
        UnrankedReason.FewTrials => "in too few trials",
        UnrankedReason.SameValue => "same in all trials",
        UnrankedReason.EqualValues => "makes no difference",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
