namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>
/// A Bicep file as its statements. The reader knows the part of the language that our templates use (parameters, variables, resources, modules, outputs, conditions, loops, all
/// expressions with lambdas of one variable) and refuses the rest; it checks no types.
/// </summary>
internal sealed record BicepFile(string Path, IReadOnlyList<BicepStatement> Statements, IReadOnlyDictionary<int, string> Comments)
{
    /// <summary>The parameters.</summary>
    public IEnumerable<BicepParameter> Parameters => Statements.OfType<BicepParameter>();

    /// <summary>The variables.</summary>
    public IEnumerable<BicepVariable> Variables => Statements.OfType<BicepVariable>();

    /// <summary>The outputs.</summary>
    public IEnumerable<BicepOutput> Outputs => Statements.OfType<BicepOutput>();

    /// <summary>The resources that it makes or, where they are existing, names.</summary>
    public IEnumerable<BicepResource> Resources => Statements.OfType<BicepResource>().Where(statement => !statement.IsModule);

    /// <summary>The modules.</summary>
    public IEnumerable<BicepResource> Modules => Statements.OfType<BicepResource>().Where(statement => statement.IsModule);

    /// <summary>Reads a file.</summary>
    /// <exception cref="BicepSyntaxException">It has something that the reader does not know.</exception>
    public static BicepFile Parse(string path, string text)
    {
        var (tokens, comments) = BicepLexer.Read(path, text);
        return new BicepFile(path, [.. Read(new BicepExpressionParser(path, tokens))], comments);
    }

    private static IEnumerable<BicepStatement> Read(BicepExpressionParser parser)
    {
        while (true)
        {
            parser.SkipLines();
            if (parser.Now.Kind == BicepTokenKind.End)
                yield break;
            var decorators = new List<BicepCall>();
            while (parser.Take("@"))
            {
                decorators.Add(parser.Expression() as BicepCall ?? throw parser.Error("A decorator is a call."));
                parser.SkipLines();
            }

            yield return Statement(parser, decorators);
            if (parser.Now.Kind is not (BicepTokenKind.NewLine or BicepTokenKind.End))
                throw parser.Error($"'{parser.Now.Value}' is too much.");
        }
    }

    private static BicepStatement Statement(BicepExpressionParser parser, IReadOnlyList<BicepCall> decorators)
    {
        var line = parser.Now.Line;
        var word = parser.Name();
        switch (word)
        {
            case "targetScope":
                parser.Want("=");
                return new BicepHeader(line, word, parser.Text().Literal ?? "");
            case "extension":
                return new BicepHeader(line, word, parser.Name());
            case "param":
                var (name, type) = (parser.Name(), parser.Name());
                return new BicepParameter(line, name, type, parser.Take("=") ? parser.Expression() : null, decorators);
            case "var":
                name = parser.Name();
                parser.Want("=");
                return new BicepVariable(line, name, parser.Expression(), decorators);
            case "output":
                (name, type) = (parser.Name(), parser.Name());
                parser.Want("=");
                return new BicepOutput(line, name, type, parser.Expression(), decorators);
            case "resource" or "module":
                return Resource(parser, line, word == "module", decorators);
            default:
                throw parser.Error($"A statement that begins with '{word}' is not known to this reader.");
        }
    }

    private static BicepResource Resource(BicepExpressionParser parser, int line, bool module, IReadOnlyList<BicepCall> decorators)
    {
        var name = parser.Name();
        var reference = parser.Text().Literal ?? throw parser.Error("A type or path has no interpolation.");
        var existing = parser.Take("existing");
        parser.Want("=");
        BicepExpression? condition = null;
        if (parser.Take("if"))
        {
            parser.Want("(");
            condition = parser.Expression();
            parser.Want(")");
        }

        var value = parser.Expression();
        var loop = value as BicepLoop;
        var body = (loop?.Body ?? value) as BicepObject ?? throw parser.Error("A resource's body is an object.");
        return new BicepResource(line, name, module, reference, existing, condition, loop, body, decorators);
    }
}
