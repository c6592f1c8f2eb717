namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>An expression.</summary>
/// <param name="Line">Where it begins.</param>
internal abstract record BicepExpression(int Line)
{
    /// <summary>The expressions in it.</summary>
    public abstract IEnumerable<BicepExpression> Children { get; }

    /// <summary>It and all in it.</summary>
    public IEnumerable<BicepExpression> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The text, when it is one without interpolation.</summary>
    public string? Literal => this is BicepText { Parts: [] } ? "" : this is BicepText { Parts: [string only] } ? only : null;
}

/// <summary>A text with its pieces: strings and expressions.</summary>
internal sealed record BicepText(int Line, IReadOnlyList<object> Parts) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => Parts.OfType<BicepExpression>();
}

/// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c>, as it is written.</summary>
internal sealed record BicepConstant(int Line, string Value) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [];
}

/// <summary>An object; members whose name is computed have their expression as key.</summary>
internal sealed record BicepObject(int Line, IReadOnlyList<(string? Name, BicepExpression? Key, BicepExpression Value)> Members) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => Members.SelectMany(member => member.Key is null ? new[] { member.Value } : [member.Key, member.Value]);

    public BicepExpression? this[string name] => Members.FirstOrDefault(member => member.Name == name).Value;
}

/// <summary>An array.</summary>
internal sealed record BicepArray(int Line, IReadOnlyList<BicepExpression> Items) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => Items;
}

/// <summary><c>[for variable in source: body]</c>.</summary>
internal sealed record BicepLoop(int Line, IReadOnlyList<string> Variables, BicepExpression Source, BicepExpression Body) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [Source, Body];
}

/// <summary><c>variable => body</c>.</summary>
internal sealed record BicepLambda(int Line, string Variable, BicepExpression Body) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [Body];
}

/// <summary><c>condition ? yes : no</c>.</summary>
internal sealed record BicepChoice(int Line, BicepExpression Condition, BicepExpression Yes, BicepExpression No) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [Condition, Yes, No];
}

/// <summary>A name.</summary>
internal sealed record BicepName(int Line, string Value) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [];
}

/// <summary><c>target.name</c>.</summary>
internal sealed record BicepMember(int Line, BicepExpression Target, string Name) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => [Target];
}

/// <summary><c>name(arguments)</c> or <c>target.name(arguments)</c>.</summary>
internal sealed record BicepCall(int Line, BicepExpression? Target, string Name, IReadOnlyList<BicepExpression> Arguments) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => Target is null ? Arguments : [Target, .. Arguments];
}

/// <summary>An operator and what it works on; <c>[]</c> is an index, <c>!</c> after an expression says that it is not null.</summary>
internal sealed record BicepOperation(int Line, string Operator, IReadOnlyList<BicepExpression> Operands) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Children => Operands;
}
