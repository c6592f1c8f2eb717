namespace Serverless.Jobs.Events;

/// <summary>One scalar of an event file.</summary>
/// <param name="Tag">Its tag, as the program wrote it.</param>
/// <param name="Value">The number. One of 32 or 16 bits is the shortest decimal that stands for it: 0.95 that was rounded to 32 bits is 0.95 again, so that a bound of 0.95 holds.</param>
/// <param name="Step">The step; 0 when the program said none.</param>
/// <param name="WallSeconds">When it was written, in seconds since 1970 by the program's clock.</param>
public readonly record struct ScalarEvent(string Tag, double Value, long Step, double WallSeconds);
