using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary>A plan in words. Three figures are those that a tenth, half and nine tenths of the simulated studies stay below.</summary>
internal static class PlanText
{
    /// <summary>All of it, as data.</summary>
    public static void Write(Output output, StudySpec spec, StudyPlan plan)
    {
        if (output.IsJson)
        {
            output.Json(plan, ContractsJson.Default.StudyPlan);
            return;
        }

        var facts = new Facts();
        facts.Add("space", Space(plan.Space));
        facts.Add("sampler", plan.Sampler);
        facts.Add("pruner", plan.Pruner);
        facts.Add("machine", plan.Placement.Why);
        facts.Add("price", $"{Words.Money(plan.Placement.PricePerHour, plan.Currency)} per hour, {(plan.Placement.PriceVerified ? "verified" : "not verified")}: {plan.Placement.PriceSource}");
        facts.Add("trial", $"{PlanTexts.Times(plan.Trial.Seconds)}: {plan.Trial.From}");
        Expect(facts, spec, plan);
        facts.Add("at most", $"{Words.Money(plan.Most.Cost, plan.Currency)}: {plan.Most.Why}");
        foreach (var note in plan.Notes)
            facts.Add("note", note);
        facts.Write(output);
        output.Line("");
        output.Table(Table(plan));
        output.Line("");
        var assumed = new Facts();
        foreach (var assumption in plan.Assumptions)
            assumed.Add("assumed", assumption);
        assumed.Write(output);
    }

    /// <summary>The short form, for the person who starts a study.</summary>
    public static void Say(Output output, StudyPlan plan)
    {
        var (expected, most) = (plan.Expected, plan.Most);
        output.Hint($"Expected: {PlanTexts.Counts(expected.Started)} trials{(expected.Pruned.Median >= 1 ? $", {PlanTexts.Counts(expected.Complete)} of them whole" : "")}, {PlanTexts.Times(expected.Seconds)}, {PlanTexts.Amounts(expected.Cost, plan.Currency)}; a trial's time is {plan.Trial.From}.");
        output.Hint($"At most {Words.Money(most.Cost, plan.Currency)}: {most.Why}.");
        if (expected.EndsBy is not (StudyStopReason.Trials or StudyStopReason.Exhausted))
            output.Hint($"It ends by {PlanTexts.Words(expected.EndsBy)}. 'serverless study plan' says more.");
    }

    private static void Expect(Facts facts, StudySpec spec, StudyPlan plan)
    {
        var expected = plan.Expected;
        facts.Add("ends by", string.Create(CultureInfo.InvariantCulture, $"{PlanTexts.Words(expected.EndsBy)}{(expected.EndsByShare < 1 ? $" (in {expected.EndsByShare:0%} of the simulated studies)" : "")}"));
        facts.Add("trials", string.Create(CultureInfo.InvariantCulture,
            $"{PlanTexts.Counts(expected.Started)} of {spec.Limits.Trials} begin, {spec.Limits.Parallelism} at once: {PlanTexts.Counts(expected.Complete)} run whole, {PlanTexts.Counts(expected.Pruned)} are pruned, {PlanTexts.Counts(expected.Failed)} fail or are stopped"));
        if (expected.Evictions.High > 0)
            facts.Add("evictions", PlanTexts.Counts(expected.Evictions));
        facts.Add("time", PlanTexts.Times(expected.Seconds));
        facts.Add("node-hours", $"{PlanTexts.Amount(expected.NodeHours.Low)} – {PlanTexts.Amount(expected.NodeHours.Median)} – {PlanTexts.Amount(expected.NodeHours.High)}");
        facts.Add("cost", $"{PlanTexts.Amounts(expected.Cost, plan.Currency)}; with booting and waiting {PlanTexts.Amounts(expected.MachineCost, plan.Currency)}");
    }

    private static TextTable Table(StudyPlan plan)
    {
        var table = new TextTable("ONCE>", "PRUNER", "MACHINE*", "WHOLE>", "TIME>", "P90>", $"{plan.Currency}>", "P90>", "BILLED>");
        foreach (var row in plan.Alternatives)
        {
            table.Row(
                $"{(row.IsAsked ? "* " : "")}{row.Parallelism.ToString(CultureInfo.InvariantCulture)}",
                row.Pruner,
                $"{row.Size}{(row.Spot ? " spot" : "")}",
                row.Complete.ToString("0", CultureInfo.InvariantCulture),
                PlanTexts.Time(row.Seconds.Median),
                PlanTexts.Time(row.Seconds.High),
                PlanTexts.Amount(row.Cost.Median),
                PlanTexts.Amount(row.Cost.High),
                PlanTexts.Amount(row.MachineCost));
        }

        return table;
    }

    private static string Space(PlanSpace space)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{space.Parameters} parameters, {(space.Points is { } points ? $"{points:0} points" : "any number of points")}");
        if (space.Conditional > 0)
            text += string.Create(CultureInfo.InvariantCulture, $"; {space.Conditional} are not always there ({space.PresentShare:0%} of all are, by chance)");
        return space.PermittedShare < 1 ? text + string.Create(CultureInfo.InvariantCulture, $"; {space.PermittedShare:0%} of it is permitted") : text;
    }
}
