namespace Serverless.Local.Running;

/// <summary>The hidden verb that checks a model in a process of its own.</summary>
internal static class CheckVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "check-model";
}
