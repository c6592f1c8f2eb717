namespace Serverless.Contracts.Problems;

/// <summary>One error of an input.</summary>
/// <param name="Path">Where: a path in the input such as <c>job.inputs[0].dataset</c>.</param>
/// <param name="Message">What is wrong, with the value and the limit.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record FieldError(string Path, string Message, string Cure);
