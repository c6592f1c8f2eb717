using System.Text.Json.Serialization;

namespace Serverless.Tuning.Spaces;

/// <summary>
/// Something that holds or does not, given the values of other parameters. What is said of a parameter that is not there does not hold;
/// <see cref="NotCondition"/> turns that round like anything else.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EqualsCondition), "equals")]
[JsonDerivedType(typeof(OneOfCondition), "oneOf")]
[JsonDerivedType(typeof(BetweenCondition), "between")]
[JsonDerivedType(typeof(AllCondition), "all")]
[JsonDerivedType(typeof(AnyCondition), "any")]
[JsonDerivedType(typeof(NotCondition), "not")]
public abstract record Condition
{
    /// <summary>The condition in words; two conditions with the same words hold together.</summary>
    [JsonIgnore]
    public string Text => Say();

    /// <summary>The condition in words.</summary>
    public sealed override string ToString() => Text;

    private protected abstract string Say();
}
