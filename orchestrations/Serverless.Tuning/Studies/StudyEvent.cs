namespace Serverless.Tuning.Studies;

/// <summary>Something that happened. One that comes twice changes nothing the second time, except <see cref="TrialsAsked"/>.</summary>
public abstract record StudyEvent;
