namespace Serverless.Tuning.Importance.Forests;

/// <summary>Finds the best way to part some trials by one column (Breiman, Friedman, Olshen, Stone, Classification and Regression Trees, 1984).</summary>
/// <param name="table">The trials.</param>
/// <param name="weights">How often each was drawn.</param>
internal sealed class SplitSearch(TrainingTable table, int[] weights)
{
    /// <summary>The best split by a column; <see cref="Split.None"/> when it parts nothing, or some of the trials do not have it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The trials by rising value of the column.</param>
    public Split By(int column, ReadOnlySpan<int> rows)
    {
        var values = table.Columns[column].Values;
        if (double.IsNaN(values[rows[^1]]) || values[rows[0]] == values[rows[^1]])
            return Split.None;
        return table.Columns[column].Choices is { } choices ? ByChoices(column, choices.Length, rows) : ByNumber(column, values, rows);
    }

    private Split ByNumber(int column, double[] values, ReadOnlySpan<int> rows)
    {
        var (weight, sum) = Total(rows);
        var (best, threshold) = (double.NegativeInfinity, 0.0);
        var (leftWeight, leftSum) = (0.0, 0.0);
        for (var i = 0; i < rows.Length - 1; i++)
        {
            leftWeight += weights[rows[i]];
            leftSum += weights[rows[i]] * table.Targets[rows[i]];
            var (here, next) = (values[rows[i]], values[rows[i + 1]]);
            if (here == next)
                continue;
            var score = Score(leftWeight, leftSum, weight, sum);
            if (score > best)
            {
                var middle = here + (next - here) / 2;
                (best, threshold) = (score, middle < next ? middle : here);
            }
        }

        return new Split(column, threshold, null, best - sum * sum / weight);
    }

    /// <summary>Among all ways to part the choices the best is one along their means (Fisher 1958). Choices that no trial here has go where more trials go.</summary>
    private Split ByChoices(int column, int count, ReadOnlySpan<int> rows)
    {
        var (perWeight, perSum) = (new double[count], new double[count]);
        foreach (var row in rows)
        {
            var choice = (int)table.Columns[column].Values[row];
            perWeight[choice] += weights[row];
            perSum[choice] += weights[row] * table.Targets[row];
        }

        var (weight, sum) = (perWeight.Sum(), perSum.Sum());
        int[] order = [.. Enumerable.Range(0, count).Where(choice => perWeight[choice] > 0).OrderBy(choice => perSum[choice] / perWeight[choice]).ThenBy(choice => choice)];
        var (best, last, bestWeight) = (double.NegativeInfinity, 0, 0.0);
        var (leftWeight, leftSum) = (0.0, 0.0);
        for (var i = 0; i < order.Length - 1; i++)
        {
            leftWeight += perWeight[order[i]];
            leftSum += perSum[order[i]];
            var score = Score(leftWeight, leftSum, weight, sum);
            if (score > best)
                (best, last, bestWeight) = (score, i, leftWeight);
        }

        var left = new bool[count];
        for (var choice = 0; choice < count; choice++)
            left[choice] = perWeight[choice] == 0 && bestWeight > weight - bestWeight;
        foreach (var choice in order.AsSpan(0, last + 1))
            left[choice] = true;
        return new Split(column, 0, left, best - sum * sum / weight);
    }

    private (double Weight, double Sum) Total(ReadOnlySpan<int> rows)
    {
        var (weight, sum) = (0.0, 0.0);
        foreach (var row in rows)
        {
            weight += weights[row];
            sum += weights[row] * table.Targets[row];
        }

        return (weight, sum);
    }

    private static double Score(double leftWeight, double leftSum, double weight, double sum) =>
        leftSum * leftSum / leftWeight + (sum - leftSum) * (sum - leftSum) / (weight - leftWeight);
}
