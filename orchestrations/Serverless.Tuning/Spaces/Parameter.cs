using System.Text.Json.Serialization;

namespace Serverless.Tuning.Spaces;

/// <summary>One thing to choose.</summary>
/// <param name="Name">Its name, unique in the space.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FloatParameter), "float")]
[JsonDerivedType(typeof(IntParameter), "int")]
[JsonDerivedType(typeof(CategoricalParameter), "categorical")]
[JsonDerivedType(typeof(OrdinalParameter), "ordinal")]
[JsonDerivedType(typeof(ConstantParameter), "constant")]
public abstract record Parameter(string Name)
{
    /// <summary>When the parameter is there at all; null: always.</summary>
    public Condition? When { get; init; }
}
