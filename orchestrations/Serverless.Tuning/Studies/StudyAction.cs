namespace Serverless.Tuning.Studies;

/// <summary>Something that the study wants done.</summary>
public abstract record StudyAction;
