namespace Serverless.Contracts.Datasets;

/// <summary>A column as seen in the rows that were read.</summary>
/// <param name="Name">Name from the header.</param>
/// <param name="Type"><c>number</c> or <c>text</c>.</param>
/// <param name="Missing">How many of the rows have no value.</param>
/// <param name="Distinct">How many different values were seen.</param>
public sealed record DatasetColumn(string Name, string Type, int Missing, int Distinct);
