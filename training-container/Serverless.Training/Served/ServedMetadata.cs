using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serverless.Training.Labels;
using Serverless.Training.Rows;
using Serverless.Training.Scores;

namespace Serverless.Training.Served;

/// <summary>What the model file says about itself.</summary>
internal static class ServedMetadata
{
    /// <summary>Of a classifier of rows.</summary>
    /// <param name="algorithm">What learnt it.</param>
    /// <param name="data">What it was learnt from.</param>
    /// <param name="scores">How well it does on the rows put aside; null when none were.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string algorithm, LearningRows data, ClassificationScores? scores)
    {
        List<KeyValuePair<string, string>> pairs =
        [
            new("task", "classification"),
            new("algorithm", algorithm),
            new("classes", Json(json =>
            {
                json.WriteStartArray();
                foreach (var name in data.Labels.Names)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            })),
            new("columns", Json(json => Columns(json, data))),
            new("ignored", Json(json =>
            {
                json.WriteStartArray();
                foreach (var (name, _) in data.Plan.Dropped)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            })),
            new("trainingRows", data.Learn.Rows.ToString(CultureInfo.InvariantCulture)),
            new("holdoutRows", data.Held.Rows.ToString(CultureInfo.InvariantCulture)),
        ];
        if (scores is not null)
            pairs.Add(new("accuracy", scores.Accuracy.ToString("0.######", CultureInfo.InvariantCulture)));
        return pairs;
    }

    /// <summary>Of a model that tells a number of rows.</summary>
    /// <param name="algorithm">What learnt it.</param>
    /// <param name="data">What it was learnt from.</param>
    /// <param name="scores">How well it does on the rows put aside; null when none were.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> OfNumber(string algorithm, LearningRows data, RegressionScores? scores)
    {
        List<KeyValuePair<string, string>> pairs =
        [
            new("task", "regression"),
            new("algorithm", algorithm),
            new("columns", Json(json => Columns(json, data))),
            new("trainingRows", data.Learn.Rows.ToString(CultureInfo.InvariantCulture)),
            new("holdoutRows", data.Held.Rows.ToString(CultureInfo.InvariantCulture)),
        ];
        if (scores is not null)
            pairs.AddRange([Number("rmse", scores.Rmse), Number("mae", scores.Mae), Number("r2", scores.R2)]);
        return pairs;
    }

    /// <summary>Of a classifier with one input.</summary>
    /// <param name="algorithm">What learnt it.</param>
    /// <param name="input">The input and its type.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="learnt">Examples learnt from.</param>
    /// <param name="held">Examples put aside.</param>
    /// <param name="scores">How well it does on those put aside; null when none were.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> OfClasses(string algorithm, (string Name, string Type) input, LabelSet labels, int learnt, int held, ClassificationScores? scores)
    {
        List<KeyValuePair<string, string>> pairs =
        [
            new("task", "classification"),
            new("algorithm", algorithm),
            new("classes", Json(json =>
            {
                json.WriteStartArray();
                foreach (var name in labels.Names)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            })),
            .. Rows([input], learnt, held),
        ];
        if (scores is not null)
            pairs.Add(Number("accuracy", scores.Accuracy));
        return pairs;
    }

    /// <summary>What every model says of its inputs and its rows.</summary>
    /// <param name="columns">The inputs and their types.</param>
    /// <param name="learnt">Rows learnt from.</param>
    /// <param name="held">Rows put aside.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Rows(IReadOnlyList<(string Name, string Type)> columns, int learnt, int held) =>
    [
        new("columns", Json(json => Columns(json, columns))),
        new("trainingRows", learnt.ToString(CultureInfo.InvariantCulture)),
        new("holdoutRows", held.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>A metric.</summary>
    public static KeyValuePair<string, string> Number(string key, double value) => new(key, value.ToString("0.######", CultureInfo.InvariantCulture));

    private static void Columns(Utf8JsonWriter json, IReadOnlyList<(string Name, string Type)> columns)
    {
        json.WriteStartArray();
        foreach (var (name, type) in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Columns(Utf8JsonWriter json, LearningRows data) =>
        Columns(json, [.. data.Plan.Numbers.Select(number => (number.Column, number.Name, Type: "number"))
            .Concat(data.Plan.Categories.Select(category => (category.Column, category.Name, Type: "text"))).OrderBy(column => column.Column).Select(column => (column.Name, column.Type))]);

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
