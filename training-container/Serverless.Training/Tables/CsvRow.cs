using System.Text;

namespace Serverless.Training.Tables;

/// <summary>The row that is being read; good until the next one.</summary>
internal readonly struct CsvRow(CsvHelper.CsvReader reader)
{
    /// <summary>A field as UTF-8, without blanks around it.</summary>
    public ReadOnlySpan<byte> this[int column] => reader.GetSpan(column);

    /// <summary>The line in the file, from 1.</summary>
    public long Line => reader.LineNumber;

    /// <summary>A field as text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(reader.GetSpan(column));
}
