using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace Serverless.Training.Tables;

/// <summary>One or more files of rows under the same columns, read as a stream as often as one likes.</summary>
internal sealed class CsvTable
{
    /// <summary>The greatest number of columns: each becomes an input of the model.</summary>
    public const int MaxColumns = 20_000;

    private const int MaxRowBytes = 16 << 20;
    private const int MaxReportedRows = 5;
    private readonly TableFormat format;
    private readonly CsvReaderOptions options;

    private CsvTable(IReadOnlyList<string> files, IReadOnlyList<string> columns, TableFormat format, CsvReaderOptions options)
    {
        Files = files;
        Columns = columns;
        this.format = format;
        this.options = options;
    }

    /// <summary>The files, in the order in which they are read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Opens files. The separator is found from the first one's first lines when it is not given.</summary>
    /// <exception cref="DataException">There is none, one is empty, or their headers cannot be used.</exception>
    public static CsvTable Open(IReadOnlyList<string> files, TableFormat format)
    {
        if (files.Count == 0)
            throw new DataException("There is no table in the input. Put a .csv, .tsv or .txt file into the data set.");
        var options = CsvReaderOptions.Default with
        {
            Separator = format.Separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MaxRecordSize = MaxRowBytes,
            TrackLineNumbers = true,
            OnMalformedRecord = Refuse,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
        };
        var (columns, separator) = FirstRecord(files[0], options);
        options = options with { Separator = separator };
        if (format.NoHeader)
            columns = format.Columns ?? [.. columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"column{i + 1}"))];
        CheckNames(files[0], columns);
        var table = new CsvTable(files, columns, format, options);
        foreach (var file in files.Skip(1))
            table.CheckHeader(file);
        return table;
    }

    /// <summary>The same columns in other files.</summary>
    /// <exception cref="DataException">They have others.</exception>
    public CsvTable Beside(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
            throw new DataException("There is no table in the test input. Put a .csv, .tsv or .txt file into it.");
        foreach (var file in files)
            CheckHeader(file);
        return new(files, Columns, format, options);
    }

    /// <summary>Reads every row.</summary>
    /// <param name="row">Takes a row; <see cref="CsvRow"/> is only good during the call.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="DataException">Rows do not have as many fields as there are columns, a quote is wrong, or a file is not UTF-8.</exception>
    public void ForEach(Action<CsvRow> row, CancellationToken cancel)
    {
        var ragged = new List<string>();
        var raggedRows = 0L;
        foreach (var file in Files)
            Guarded(file, options, reader =>
            {
                if (!format.NoHeader)
                    reader.Read();
                while (reader.Read())
                {
                    cancel.ThrowIfCancellationRequested();
                    if (reader.FieldCount == Columns.Count)
                        row(new(reader));
                    else if (raggedRows++ < MaxReportedRows)
                        ragged.Add(string.Create(CultureInfo.InvariantCulture, $"'{Path.GetFileName(file)}' line {reader.LineNumber} has {reader.FieldCount}"));
                    if (!Utf8.IsValid(reader.RawRecord))
                        throw new DataException(string.Create(CultureInfo.InvariantCulture, $"'{Path.GetFileName(file)}' is not UTF-8 in line {reader.LineNumber}. Convert it, for example with: iconv -f latin1 -t utf-8."));
                }

                return 0;
            });
        if (raggedRows > 0)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{raggedRows} rows do not have {Columns.Count} fields: {string.Join("; ", ragged)}{(raggedRows > ragged.Count ? "; …" : "")}. Quote texts that hold the separator '{options.Separator}', or remove the rows."));
    }

    /// <summary>A quote inside a text without quotes is a letter like any other; every other wrong quote would join or cut fields without a word.</summary>
    private static void Refuse(CsvMalformedRecord record)
    {
        if (record.Reason is not (CsvMalformedReason.StrayQuote or CsvMalformedReason.FieldCountMismatch))
            throw new CsvFormatException(string.Create(CultureInfo.InvariantCulture, $"a quote is wrong ({record.Reason}) in the row that begins in line {record.LineNumber}."));
    }

    private void CheckHeader(string file)
    {
        if (!format.NoHeader && FirstRecord(file, options).Fields is var other && !other.SequenceEqual(Columns))
            throw new DataException($"'{Path.GetFileName(file)}' has other columns than '{Path.GetFileName(Files[0])}': {Difference(other)}. Give all files the same header.");
    }

    private string Difference(IReadOnlyList<string> other)
    {
        var names = other.Except(Columns).Concat(Columns.Except(other)).Take(5).ToList();
        return names.Count == 0 ? "they come in another order" : string.Join(", ", names);
    }

    private static (IReadOnlyList<string> Fields, char Separator) FirstRecord(string file, CsvReaderOptions options) => Guarded(file, options, reader =>
    {
        if (!reader.Read())
            throw new DataException($"'{Path.GetFileName(file)}' is empty. Give it a header line and rows.");
        return ((IReadOnlyList<string>)reader.Current.ToArray(), reader.Separator);
    });

    private static void CheckNames(string file, IReadOnlyList<string> columns)
    {
        List<string> wrongs = [];
        if (columns.Count > MaxColumns)
            throw new DataException($"'{Path.GetFileName(file)}' has {columns.Count} columns; the limit is {MaxColumns}. Keep the columns that matter.");
        wrongs.AddRange(columns.CountBy(name => name).Where(pair => pair.Value > 1 && pair.Key.Length > 0).Take(MaxReportedRows).Select(pair => $"'{pair.Key}' is there {pair.Value} times"));
        if (columns.Count(name => name.Length == 0) is > 0 and var empty)
            wrongs.Add($"{empty} columns have no name");
        if (columns.FirstOrDefault(name => name.Length > 255) is { } longest)
            wrongs.Add($"'{longest[..40]}…' has {longest.Length} characters, and the limit is 255");
        if (wrongs.Count > 0)
            throw new DataException($"The header of '{Path.GetFileName(file)}' cannot be used: {string.Join("; ", wrongs)}. Give every column a name of its own, or give the names with --columns when the first line is data.");
    }

    private static T Guarded<T>(string file, CsvReaderOptions options, Func<CsvReader, T> read)
    {
        try
        {
            using var reader = CsvReader.FromFile(file, options);
            return read(reader);
        }
        catch (CsvFormatException wrong)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"'{Path.GetFileName(file)}' cannot be read as a table: {wrong.Message} Close each quote, double the quotes inside texts, and keep a row under {MaxRowBytes >> 20} MiB."));
        }
    }
}
