using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>A job's machine and what it can cost, in words.</summary>
internal static class PlacementText
{
    /// <summary>Which machine was chosen, for the person who watches.</summary>
    public static void Say(Output output, JobPlacement? placement)
    {
        if (placement is null)
            return;
        output.Hint($"It runs on {placement.Why} At most {Cost(placement)}");
        foreach (var note in placement.Notes)
            output.Hint(note);
    }

    /// <summary>All of it, as data.</summary>
    public static void Show(Output output, JobPlacement placement)
    {
        var facts = new Facts();
        Add(facts, placement);
        facts.Write(output);
    }

    /// <summary>Adds it to a job's facts.</summary>
    public static void Add(Facts facts, JobPlacement placement)
    {
        facts.Add("chosen", placement.Why);
        facts.Add("price", $"{Words.Money(placement.PricePerHour, placement.Currency)} per hour, {(placement.PriceVerified ? "verified" : "not verified")}: {placement.PriceSource}");
        facts.Add("estimate", $"at most {Cost(placement)}");
        foreach (var note in placement.Notes)
            facts.Add("note", note);
    }

    private static string Cost(JobPlacement placement)
    {
        var estimate = placement.Estimate;
        return $"{Words.Money(estimate.OneAttempt, estimate.Currency)} for one attempt to its time limit, {Words.Money(estimate.AllAttempts, estimate.Currency)} for all attempts, at factor {Words.Number((double)estimate.Factor)}.";
    }
}
