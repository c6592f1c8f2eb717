namespace Serverless.Training.Tables;

/// <summary>Loads the columns that are wanted.</summary>
/// <param name="target">The column of classes.</param>
/// <param name="numbers">Columns to load as numbers.</param>
/// <param name="texts">Columns to load as text, with the codes so far.</param>
/// <param name="labels">The classes so far.</param>
/// <param name="missing">What means that a value is missing.</param>
/// <param name="isNumber">Whether the target is a number, and not a class.</param>
internal sealed class TableLoader(int target, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, TextCodes> texts, TextCodes labels, MissingMarks missing, bool isNumber = false)
{
    /// <summary>Loads a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="capacity">At most this many rows, the number of rows with a target.</param>
    /// <param name="sample">Keep this many, drawn evenly.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="cancel">Breaks off.</param>
    public LoadedTable Load(CsvTable table, long capacity, long sample, Random random, CancellationToken cancel)
    {
        var rows = (int)Math.Min(capacity, sample);
        var values = numbers.ToDictionary(column => column, _ => new float[rows]);
        var codes = texts.Keys.ToDictionary(column => column, _ => new int[rows]);
        var classes = new int[rows];
        var targets = isNumber ? new double[rows] : null;
        long seen = 0, without = 0;
        var kept = 0;
        table.ForEach(row =>
        {
            var label = row[target];
            if (missing.Contains(label))
            {
                without++;
                return;
            }

            // Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): each row that is still to come is kept with the probability that is needed.
            var left = capacity - seen++;
            if (kept == rows || (left > rows - kept && random.NextDouble() * left >= rows - kept))
                return;
            foreach (var (column, own) in values)
                own[kept] = missing.Contains(row[column]) || !Numbers.TryRead(row[column], out var number) ? float.NaN : number;
            foreach (var (column, own) in codes)
                own[kept] = missing.Contains(row[column]) ? TextCodes.Missing : texts[column].Of(row[column]);
            if (targets is not null)
                targets[kept++] = Target(label, row, table);
            else
                classes[kept++] = labels.Of(label);
        }, cancel);
        return new() { Rows = kept, Numbers = values, Codes = codes, Texts = texts, Labels = classes, Targets = targets, WithoutTarget = without };
    }

    private double Target(ReadOnlySpan<byte> field, CsvRow row, CsvTable table) =>
        Numbers.TryRead(field, out var value) && float.IsFinite(value)
            ? value
            : throw new DataException(FormattableString.Invariant($"The target '{row.Text(target)}' in line {row.Line} of the column '{table.Columns[target]}' is no number that 32 bits hold. Mend the row; if it means missing, give --missing '{row.Text(target)}'."));
}
