using System.Text;

namespace Serverless.Training.Tables;

/// <summary>What a first reading finds about a column.</summary>
/// <param name="name">The column's name.</param>
internal sealed class ColumnProfile(string name)
{
    public string Name => name;

    /// <summary>Values that are not there.</summary>
    public long Missing { get; private set; }

    /// <summary>Values that are numbers.</summary>
    public long NumberCount { get; private set; }

    /// <summary>Values that are not.</summary>
    public long TextCount { get; private set; }

    /// <summary>The first value that is not a number, and its line.</summary>
    public (string Text, long Line)? FirstText { get; private set; }

    /// <summary>Whether every value that is there is a number.</summary>
    public bool IsNumber => TextCount == 0;

    public bool IsEmpty => NumberCount + TextCount == 0;

    public void Add(ReadOnlySpan<byte> field, long line, MissingMarks missing)
    {
        if (missing.Contains(field))
            Missing++;
        else if (Numbers.TryRead(field, out _))
            NumberCount++;
        else
        {
            TextCount++;
            FirstText ??= (Encoding.UTF8.GetString(field), line);
        }
    }
}
