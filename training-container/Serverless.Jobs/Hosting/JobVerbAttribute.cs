namespace Serverless.Jobs.Hosting;

/// <summary>Announces a verb of an assembly; see <see cref="IJobVerb"/>.</summary>
/// <param name="verb">The verb; it begins with two underscores, which no argument of a person does.</param>
/// <param name="handler">What runs it: a class that implements <see cref="IJobVerb"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class JobVerbAttribute(string verb, Type handler) : Attribute
{
    /// <summary>What a verb begins with.</summary>
    public const string Prefix = "__";

    /// <summary>The verb.</summary>
    public string Verb { get; } = verb;

    /// <summary>What runs it.</summary>
    public Type Handler { get; } = handler;
}
