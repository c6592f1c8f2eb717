namespace Serverless.Tuning.Spaces;

/// <summary>The canonical order of a space.</summary>
internal static class SpaceOrder
{
    /// <summary>Indices of the parameters, each after those that its condition speaks of, otherwise as declared; null when conditions run in a circle.</summary>
    public static IReadOnlyList<int>? Of(SpaceDescription description)
    {
        var order = new List<int>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var waiting = Enumerable.Range(0, description.Parameters.Count).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(index => Parents(description.Parameters[index]).All(placed.Contains));
            if (next < 0)
                return null;
            order.Add(waiting[next]);
            placed.Add(description.Parameters[waiting[next]].Name);
            waiting.RemoveAt(next);
        }

        return order;
    }

    private static IEnumerable<string> Parents(Parameter parameter) =>
        parameter.When is { } when ? ConditionCompiler.Leaves(when, "").Select(leaf => leaf.Parameter) : [];
}
