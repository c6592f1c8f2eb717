namespace Serverless.Tuning.Spaces;

/// <summary>One thing that is wrong with a space, or with values for it.</summary>
/// <param name="Path">Where, such as <c>parameters[2].when.conditions[0]</c>.</param>
/// <param name="Message">What is wrong, with the value and the limit.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record SpaceError(string Path, string Message, string Cure);
