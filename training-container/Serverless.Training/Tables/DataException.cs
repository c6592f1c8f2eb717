namespace Serverless.Training.Tables;

/// <summary>The data does not allow what was asked. The message says what, the value, and what to do.</summary>
internal sealed class DataException(string message) : Exception(message);
