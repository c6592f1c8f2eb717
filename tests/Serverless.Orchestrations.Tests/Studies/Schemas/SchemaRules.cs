using System.Text.Json.Nodes;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Tuning.Catalogs;

namespace Serverless.Orchestrations.Tests.Studies.Schemas;

/// <summary>What the validation asks of several members of a type together, and what samplers and pruners can be told.</summary>
internal static class SchemaRules
{
    /// <summary>The rules of a type, as members of its schema.</summary>
    public static JsonObject Of(Type type) =>
        type == typeof(StudySpec) ? new() { ["allOf"] = new JsonArray(SeveralObjectives(), ExperimentBesideJob()) }
        : type == typeof(ParameterSpec) ? new() { ["allOf"] = new JsonArray(Number("float", "number"), Number("int", "integer"), Choice("categorical"), Choice("ordinal"), Constant(), NoStepWithLog()) }
        : type == typeof(ConditionSpec) ? Conditions()
        : type == typeof(ProgramSpec) ? Program()
        : [];

    /// <summary>The schema of a sampler or pruner: its names, and for each the settings that it has.</summary>
    public static JsonObject Tuner(string what, IReadOnlyList<string> names, Func<string, IReadOnlyList<Setting>?> settings, Func<string, string?> meaning)
    {
        var rules = new JsonArray();
        foreach (var name in names)
        {
            var known = new JsonObject();
            foreach (var setting in settings(name)!)
                known[setting.Name] = Setting(setting);
            rules.Add((JsonNode)If(new() { ["name"] = Const(name) }, new()
            {
                ["settings"] = new JsonObject { ["description"] = $"Settings of `{name}`: {meaning(name)}", ["properties"] = known, ["additionalProperties"] = false },
            }));
        }

        return new()
        {
            ["type"] = "object",
            ["description"] = $"A {what}.",
            ["properties"] = new JsonObject
            {
                ["name"] = new JsonObject
                {
                    ["description"] = string.Join('\n', names.Select(name => $"- `{name}`: {meaning(name)}")),
                    ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
                },
                ["settings"] = new JsonObject { ["type"] = "object", ["description"] = "Its settings, by name; what is left out has its default. A truth value is 1 or 0." },
            },
            ["required"] = new JsonArray("name"),
            ["additionalProperties"] = false,
            ["allOf"] = rules,
        };
    }

    private static JsonObject Setting(Setting setting)
    {
        var schema = new JsonObject { ["type"] = setting.Kind == SettingKind.Number ? "number" : "integer", ["description"] = setting.Meaning };
        if (setting.Default is { } value)
            schema["default"] = value;
        if (setting.Least > double.MinValue)
            schema["minimum"] = setting.Least;
        if (setting.Greatest < double.MaxValue)
            schema["maximum"] = setting.Greatest;
        return schema;
    }

    /// <summary>Several objectives are neither pruned nor is one value of one of them enough.</summary>
    private static JsonObject SeveralObjectives() => If(
        new() { ["objectives"] = new JsonObject { ["minItems"] = 2 } },
        new()
        {
            ["pruner"] = new JsonObject { ["properties"] = new JsonObject { ["name"] = Const("none") } },
            ["limits"] = new JsonObject { ["properties"] = new JsonObject { ["target"] = new JsonObject { ["type"] = "null" } } },
        },
        given: "objectives");

    /// <summary>Trials belong to the experiment of their study.</summary>
    private static JsonObject ExperimentBesideJob() => new()
    {
        ["properties"] = new JsonObject { ["job"] = new JsonObject { ["properties"] = new JsonObject { ["experiment"] = new JsonObject { ["type"] = "null" } } } },
    };

    private static JsonObject Number(string type, string kind) => OfType(type, ["low", "high"], ["choices", "value"], kind == "integer"
        ? new() { ["low"] = Whole(), ["high"] = Whole(), ["step"] = Whole() }
        : []);

    private static JsonObject Whole() => new() { ["type"] = new JsonArray("integer", "null"), ["minimum"] = -(1L << 53), ["maximum"] = 1L << 53 };

    private static JsonObject Choice(string type) => OfType(type, ["choices"], ["low", "high", "step", "value"], NoLog());

    private static JsonObject Constant() => OfType("constant", ["value"], ["low", "high", "step", "choices"], NoLog());

    private static JsonObject NoLog() => new() { ["log"] = Const(false) };

    private static JsonObject OfType(string type, string[] needed, string[] refused, JsonObject more)
    {
        foreach (var name in refused)
            more[name] = new JsonObject { ["type"] = "null" };
        foreach (var name in needed.Where(name => !more.ContainsKey(name)))
            more[name] = new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } };
        var rule = If(new() { ["type"] = Const(type) }, more);
        rule["then"]!["required"] = new JsonArray([.. needed.Select(name => (JsonNode)name)]);
        return rule;
    }

    /// <summary>Of a whole number the step 1 is the one that it has anyway.</summary>
    private static JsonObject NoStepWithLog()
    {
        var rule = If(new() { ["log"] = Const(true), ["low"] = new JsonObject() }, new() { ["low"] = new JsonObject { ["exclusiveMinimum"] = 0 }, ["step"] = new JsonObject { ["enum"] = new JsonArray(1, null) } });
        rule["if"]!["required"] = new JsonArray("log");
        return rule;
    }

    /// <summary>Exactly one form: of a parameter, all, any, not; of a parameter exactly one of equals, in, and a range.</summary>
    private static JsonObject Conditions() => new()
    {
        ["oneOf"] = new JsonArray(
            Form(["parameter", "equals"], ["in", "atLeast", "atMost", "all", "any", "not"]),
            Form(["parameter", "in"], ["equals", "atLeast", "atMost", "all", "any", "not"]),
            Form(["parameter", "atLeast"], ["equals", "in", "all", "any", "not"]),
            Form(["parameter", "atMost"], ["equals", "in", "atLeast", "all", "any", "not"]),
            Form(["all"], ["parameter", "any", "not"]),
            Form(["any"], ["parameter", "all", "not"]),
            Form(["not"], ["parameter", "all", "any"])),
    };

    private static JsonObject Form(string[] given, string[] left)
    {
        var members = new JsonObject();
        foreach (var name in given)
            members[name] = new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } };
        foreach (var name in left)
            members[name] = new JsonObject { ["type"] = "null" };
        return new() { ["properties"] = members, ["required"] = new JsonArray([.. given.Select(name => (JsonNode)name)]) };
    }

    private static JsonObject Program() => new()
    {
        ["anyOf"] = new JsonArray(
            Form(["command"], ["algorithm"]),
            Form(["algorithm"], ["command"]),
            Form(["image"], ["command", "algorithm"])),
        ["if"] = new JsonObject { ["not"] = Form(["image"], []) },
        ["then"] = new JsonObject { ["properties"] = new JsonObject { ["writableRoot"] = Const(false) } },
    };

    private static JsonObject If(JsonObject when, JsonObject then, string given = "name")
    {
        var needed = when.ContainsKey(given) ? given : when.First().Key;
        return new()
        {
            ["if"] = new JsonObject { ["properties"] = when, ["required"] = new JsonArray((JsonNode)needed) },
            ["then"] = new JsonObject { ["properties"] = then },
        };
    }

    private static JsonObject Const(JsonNode value) => new() { ["const"] = value };
}
