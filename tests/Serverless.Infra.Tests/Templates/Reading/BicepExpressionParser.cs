namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>Reads expressions by descent, weakest operator first.</summary>
internal sealed class BicepExpressionParser(string file, IReadOnlyList<BicepToken> tokens)
{
    private static readonly string[][] Levels = [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    /// <summary>The place in the tokens.</summary>
    public int At { get; set; }

    /// <summary>The token at the place.</summary>
    public BicepToken Now => tokens[At];

    /// <summary>Reads one expression.</summary>
    public BicepExpression Expression()
    {
        var condition = Level(0);
        SkipLines(onlyBefore: "?");
        if (!Take("?"))
            return condition;
        SkipLines();
        var yes = Expression();
        SkipLines(onlyBefore: ":");
        Want(":");
        SkipLines();
        return new BicepChoice(condition.Line, condition, yes, Expression());
    }

    /// <summary>Whether the next token is a mark or keyword, which is then taken.</summary>
    public bool Take(string value)
    {
        if (Now.Kind is not (BicepTokenKind.Mark or BicepTokenKind.Name) || Now.Value != value)
            return false;
        At++;
        return true;
    }

    /// <summary>Takes a mark or keyword that must be there.</summary>
    public void Want(string value)
    {
        if (!Take(value))
            throw Error($"'{value}' is missing before '{Now.Value.Trim()}'.");
    }

    /// <summary>Takes a name.</summary>
    public string Name()
    {
        if (Now.Kind != BicepTokenKind.Name)
            throw Error($"A name is missing before '{Now.Value.Trim()}'.");
        return tokens[At++].Value;
    }

    /// <summary>Takes a text.</summary>
    public BicepText Text()
    {
        if (Now.Kind != BicepTokenKind.Text)
            throw Error($"A text is missing before '{Now.Value.Trim()}'.");
        var token = tokens[At++];
        return new BicepText(token.Line, [.. token.Parts!.Select(part => part is IReadOnlyList<BicepToken> inner ? (object)new BicepExpressionParser(file, inner).Whole() : part)]);
    }

    /// <summary>Passes empty lines.</summary>
    public void SkipLines(string? onlyBefore = null)
    {
        var next = At;
        while (tokens[next].Kind == BicepTokenKind.NewLine)
            next++;
        if (onlyBefore is null || tokens[next].Value == onlyBefore)
            At = next;
    }

    /// <summary>An error at the place.</summary>
    public BicepSyntaxException Error(string message) => new(file, Now.Line, message);

    private BicepExpression Whole()
    {
        var expression = Expression();
        return Now.Kind == BicepTokenKind.End ? expression : throw Error($"'{Now.Value}' is too much.");
    }

    private BicepExpression Level(int level)
    {
        if (level == Levels.Length)
            return Unary();
        var left = Level(level + 1);
        while (Now.Kind == BicepTokenKind.Mark && Levels[level].Contains(Now.Value))
        {
            var sign = tokens[At++].Value;
            SkipLines();
            left = new BicepOperation(left.Line, sign, [left, Level(level + 1)]);
        }

        return left;
    }

    private BicepExpression Unary()
    {
        var line = Now.Line;
        foreach (var sign in new[] { "!", "-", "+" })
        {
            if (Take(sign))
                return new BicepOperation(line, sign, [Unary()]);
        }

        return Postfix(Primary());
    }

    private BicepExpression Postfix(BicepExpression target)
    {
        while (true)
        {
            var line = Now.Line;
            if (Take(".") || Take(".?") || Take("?."))
            {
                var name = Name();
                target = Take("(") ? new BicepCall(line, target, name, Arguments()) : new BicepMember(line, target, name);
            }
            else if (Take("["))
            {
                target = new BicepOperation(line, "[]", [target, Expression()]);
                Want("]");
            }
            else if (Take("!"))
                target = new BicepOperation(line, "!", [target]);
            else
                return target;
        }
    }

    private BicepExpression Primary()
    {
        var token = Now;
        if (token.Kind == BicepTokenKind.Text)
            return Text();
        if (token.Kind == BicepTokenKind.Number || token.Value is "true" or "false" or "null")
        {
            At++;
            return new BicepConstant(token.Line, token.Value);
        }

        if (Take("{"))
            return Object(token.Line);
        if (Take("["))
            return Array(token.Line);
        if (Take("("))
        {
            var inner = Expression();
            Want(")");
            return inner;
        }

        var name = Name();
        if (Take("=>"))
            return new BicepLambda(token.Line, name, Expression());
        return Take("(") ? new BicepCall(token.Line, null, name, Arguments()) : new BicepName(token.Line, name);
    }

    private List<BicepExpression> Arguments()
    {
        var arguments = new List<BicepExpression>();
        SkipLines();
        while (!Take(")"))
        {
            arguments.Add(Expression());
            SkipLines();
            if (Take(","))
                SkipLines();
            else if (Now.Value != ")")
                throw Error($"',' or ')' is missing before '{Now.Value}'.");
        }

        return arguments;
    }

    private BicepObject Object(int line)
    {
        var members = new List<(string?, BicepExpression?, BicepExpression)>();
        SkipLines();
        while (!Take("}"))
        {
            BicepExpression? key = null;
            string? name;
            if (Now.Kind == BicepTokenKind.Text)
            {
                key = Text();
                name = key.Literal;
            }
            else
                name = Name();
            Want(":");
            SkipLines();
            members.Add((name, name is null ? key : null, Expression()));
            Separate("}");
        }

        return members.GroupBy(member => member.Item1).FirstOrDefault(group => group.Key is not null && group.Count() > 1) is { } twice
            ? throw new BicepSyntaxException(file, line, $"The member '{twice.Key}' is there twice.")
            : new BicepObject(line, members);
    }

    private BicepExpression Array(int line)
    {
        SkipLines();
        if (Take("for"))
        {
            var loop = Loop(line);
            SkipLines();
            Want("]");
            return loop;
        }

        var items = new List<BicepExpression>();
        while (!Take("]"))
        {
            items.Add(Expression());
            Separate("]");
        }

        return new BicepArray(line, items);
    }

    private BicepLoop Loop(int line)
    {
        var variables = new List<string>();
        if (Take("("))
        {
            variables.Add(Name());
            Want(",");
            variables.Add(Name());
            Want(")");
        }
        else
            variables.Add(Name());
        Want("in");
        var source = Expression();
        Want(":");
        return new BicepLoop(line, variables, source, Expression());
    }

    private void Separate(string end)
    {
        if (Now.Kind != BicepTokenKind.NewLine && Now.Value != end)
            Want(",");
        SkipLines();
    }
}
