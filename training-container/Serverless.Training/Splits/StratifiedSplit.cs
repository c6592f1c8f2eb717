namespace Serverless.Training.Splits;

/// <summary>Puts rows aside so that each class is in both parts in the same proportion.</summary>
internal static class StratifiedSplit
{
    /// <summary>Splits.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="share">The share to put aside, 0 up to 1. Of each class at least one row stays; of a class with two rows or more at least one is put aside, unless the share is 0.</param>
    /// <param name="random">Chooses.</param>
    /// <returns>The rows to learn from and the rows put aside, each in ascending order.</returns>
    public static (IReadOnlyList<int> Learn, IReadOnlyList<int> Held) Split(IReadOnlyList<int> labels, int classes, double share, Random random)
    {
        var rowsOf = new List<int>[classes];
        for (var each = 0; each < classes; each++)
            rowsOf[each] = [];
        for (var row = 0; row < labels.Count; row++)
            rowsOf[labels[row]].Add(row);
        List<int> learn = [], held = [];
        foreach (var rows in rowsOf)
        {
            var chosen = rows.ToArray();
            random.Shuffle(chosen);
            var aside = share == 0 || rows.Count < 2 ? 0 : Math.Clamp((int)Math.Round(rows.Count * share), 1, rows.Count - 1);
            held.AddRange(chosen.AsSpan(0, aside));
            learn.AddRange(chosen.AsSpan(aside));
        }

        learn.Sort();
        held.Sort();
        return (learn, held);
    }
}
