using System.Globalization;
using Serverless.Training.Tables;

namespace Serverless.Training.Forecasts;

/// <summary>Reads series from tables in long form: a row is a value, rows of a series come in their order, series may be mixed.</summary>
internal static class SeriesReader
{
    /// <summary>The greatest number of series: each has a number of its own in memory.</summary>
    public const int MaxSeries = 100_000;

    /// <summary>Reads every series.</summary>
    /// <param name="table">The table.</param>
    /// <param name="valueColumn">The column of values.</param>
    /// <param name="seriesColumn">The column that names the series; null: there is one.</param>
    /// <param name="missing">What means that a value is missing.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The series by name.</returns>
    /// <exception cref="DataException">A column is not there, a value is no number, or there are too many series.</exception>
    public static IReadOnlyList<Series> Read(CsvTable table, string valueColumn, string? seriesColumn, MissingMarks missing, CancellationToken cancel)
    {
        int value = Find(table, valueColumn, "value"), name = seriesColumn is null ? -1 : Find(table, seriesColumn, "series");
        var series = new SortedDictionary<string, List<float>>(StringComparer.Ordinal);
        table.ForEach(row =>
        {
            var key = name < 0 ? "" : row.Text(name);
            if (!series.TryGetValue(key, out var values))
            {
                if (series.Count == MaxSeries)
                    throw new DataException(string.Create(CultureInfo.InvariantCulture, $"The column '{seriesColumn}' names more than {MaxSeries} series. Is it the column of the series?"));
                series[key] = values = [];
            }

            if (missing.Contains(row[value]))
                values.Add(float.NaN);
            else if (Numbers.TryRead(row[value], out var number))
                values.Add(number);
            else
                throw new DataException($"The column '{valueColumn}' has '{row.Text(value)}' in line {row.Line}, which is no number. Name the column of values with --value, or what means missing with --missing.");
        }, cancel);
        return [.. series.Select(pair => new Series(pair.Key, [.. pair.Value]))];
    }

    private static int Find(CsvTable table, string column, string argument) =>
        table.Columns.ToList().IndexOf(column) is >= 0 and var at
            ? at
            : throw new DataException($"There is no column '{column}'. The columns are: {string.Join(", ", table.Columns.Take(20))}. Give --{argument} one of them.");
}
