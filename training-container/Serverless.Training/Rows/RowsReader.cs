using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Serverless.Jobs;
using Serverless.Training.Features;
using Serverless.Training.Labels;
using Serverless.Training.Splits;
using Serverless.Training.Tables;

namespace Serverless.Training.Rows;

/// <summary>Reads the input twice: once to see what the columns are, once to load them.</summary>
/// <param name="options">What to read.</param>
/// <param name="outputs">The names of the model's outputs, which no column may have.</param>
/// <param name="output">Takes what a person should know.</param>
internal sealed class RowsReader(RowsOptions options, IReadOnlyList<string> outputs, TextWriter output)
{
    /// <summary>Reads the rows of the input <c>train</c>, and of <c>test</c> if there is one.</summary>
    /// <exception cref="DataException">They cannot be learnt from.</exception>
    public LearningRows Read(JobEnvironment job)
    {
        var (table, test) = Open(job);
        var target = Find(table, options.Target, "target");
        var ignored = options.Ignore.Select(name => Find(table, name, "ignore")).Append(target).ToHashSet();
        var forced = options.Categorical.Select(name => Find(table, name, "categorical")).ToHashSet();

        var profiles = table.Columns.Select(name => new ColumnProfile(name)).ToArray();
        var labelled = Profile(table, profiles, target, job.Stopping);
        if (labelled == 0)
            throw new DataException($"No row has a value in the column '{options.Target}'. Give the target column's values, or name another column with --target.");
        var testLabelled = test is null ? 0 : Profile(test, profiles, target, job.Stopping);
        var used = Enumerable.Range(0, profiles.Length).Where(column => !ignored.Contains(column)).ToList();
        foreach (var column in used.Where(column => profiles[column].IsEmpty))
            output.WriteLine($"Column '{profiles[column].Name}' is left out: it is empty.");
        used.RemoveAll(column => profiles[column].IsEmpty);
        var numbers = used.Where(column => profiles[column].IsNumber && !forced.Contains(column)).ToList();
        var texts = used.Except(numbers).ToDictionary(column => column, _ => new TextCodes());
        Tell(profiles, texts.Keys.Where(column => !forced.Contains(column)));
        if (used.Count == 0)
            throw new DataException($"There is no column to learn from beside '{options.Target}'. Give columns with values, or ignore fewer.");
        CheckNames(used.Select(column => profiles[column].Name));

        var labels = new TextCodes();
        var loader = new TableLoader(target, numbers, texts, labels, options.Format.Missing, options.NumberTarget);
        var wanted = Math.Min(labelled, options.Sample ?? long.MaxValue);
        MemoryLimit.Check(wanted + testLabelled, numbers.Count, texts.Count);
        var learnt = loader.Load(table, labelled, wanted, new Random(options.Seed), job.Stopping);
        if (learnt.WithoutTarget > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{learnt.WithoutTarget} rows without a value in '{options.Target}' are left out."));
        var known = labels.Texts.Count;
        var tested = test is null ? null : loader.Load(test, testLabelled, testLabelled, new Random(options.Seed), job.Stopping);
        if (labels.Texts.Count > known)
            throw new DataException($"The test rows have classes that the training rows do not have: {string.Join(", ", labels.Texts.Skip(known).Take(5).Select(each => $"'{each}'"))}. Write the classes alike in both.");
        return Split(table, target, labels, learnt, tested);
    }

    private LearningRows Split(CsvTable table, int target, TextCodes codes, LoadedTable learnt, LoadedTable? tested)
    {
        var labels = options.NumberTarget ? LabelSet.None : Classes(table.Columns[target], codes, learnt, tested);
        var (rows, held) = tested is null
            ? StratifiedSplit.Split(learnt.Labels, Math.Max(1, labels.Names.Count), options.Holdout, new Random(options.Seed))
            : ([.. Enumerable.Range(0, learnt.Rows)], []);
        var plan = FeaturePlan.Fit(learnt, table.Columns, rows, options.MaxCategories);
        if (options.UniformNumbers)
            plan = plan.Uniform(learnt, rows);
        foreach (var (name, why) in plan.Dropped)
            output.WriteLine($"Column '{name}' is left out: {why}.");
        if (plan.Numbers.Count + plan.Categories.Count == 0)
            throw new DataException("No column is left to learn from. See the lines above for why each was left out.");
        var measured = tested is null ? plan.Apply(learnt, held) : plan.Apply(tested, [.. Enumerable.Range(0, tested.Rows)]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows to learn from, {measured.Rows} put aside; {plan.Numbers.Count} columns of numbers, {plan.Categories.Count} of categories ({plan.SlotCount} values); {(options.NumberTarget ? "a number to be told" : $"{labels.Names.Count} classes")}."));
        return new(plan, labels, plan.Apply(learnt, rows), measured, Fingerprint(table, learnt)) { Target = Numbers(table.Columns[target], learnt, tested, rows, held) };
    }

    private static NumberTarget? Numbers(string column, LoadedTable learnt, LoadedTable? tested, IReadOnlyList<int> rows, IReadOnlyList<int> held) =>
        learnt.Targets is { } targets ? NumberTarget.Of(column, [.. rows.Select(row => targets[row])], tested?.Targets ?? [.. held.Select(row => targets[row])]) : null;

    private LabelSet Classes(string column, TextCodes codes, LoadedTable learnt, LoadedTable? tested)
    {
        var labels = LabelSet.Of(column, codes, learnt.Rows);
        labels.Apply(learnt.Labels);
        if (tested is not null)
            labels.Apply(tested.Labels);
        foreach (var single in learnt.Labels.CountBy(label => label).Where(pair => pair.Value == 1).Take(5))
            output.WriteLine($"Class '{labels.Names[single.Key]}' is there once: it is learnt from, and cannot be measured.");
        return labels;
    }

    private (CsvTable Table, CsvTable? Test) Open(JobEnvironment job)
    {
        var folder = job.InputFolder("train");
        var files = TableFolder.Files(folder);
        if (options.TestFile is { } name)
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!files.Remove(path))
                throw new DataException($"The input has no table '{name}'. It has: {string.Join(", ", files.Take(10).Select(file => Path.GetRelativePath(folder, file)))}. Give --test-file one of them.");
            if (files.Count == 0)
                throw new DataException($"'{name}' is the only table of the input, so nothing is left to learn from. Leave --test-file out (a part is then put aside), or add a table.");
            var table = CsvTable.Open(files, options.Format);
            return (table, table.Beside([path]));
        }

        var train = CsvTable.Open(files, options.Format);
        return (train, job.Channels.Contains("test") ? train.Beside(TableFolder.Files(job.InputFolder("test"))) : null);
    }

    private int Find(CsvTable table, string name, string argument)
    {
        for (var column = 0; column < table.Columns.Count; column++)
            if (table.Columns[column] == name)
                return column;
        var looksLikeData = !options.Format.NoHeader && table.Columns.Count(column => Tables.Numbers.TryRead(Encoding.UTF8.GetBytes(column), out _)) * 3 >= table.Columns.Count;
        throw new DataException($"There is no column '{name}'. The columns are: {string.Join(", ", table.Columns.Take(20))}{(table.Columns.Count > 20 ? ", …" : "")}. "
            + (looksLikeData ? "The first line looks like data: give the names with --columns a,b,c." : $"Give --{argument} one of them."));
    }

    private long Profile(CsvTable table, ColumnProfile[] profiles, int target, CancellationToken cancel)
    {
        long labelled = 0;
        table.ForEach(row =>
        {
            if (options.Format.Missing.Contains(row[target]))
                return;
            labelled++;
            for (var column = 0; column < profiles.Length; column++)
                profiles[column].Add(row[column], row.Line, options.Format.Missing);
        }, cancel);
        return labelled;
    }

    private void Tell(ColumnProfile[] profiles, IEnumerable<int> texts)
    {
        foreach (var profile in texts.Select(column => profiles[column]).Where(profile => profile.NumberCount > 9 * profile.TextCount))
            output.WriteLine($"Column '{profile.Name}' counts as text, because {profile.TextCount} of its values are no numbers, the first '{profile.FirstText!.Value.Text}' in line {profile.FirstText.Value.Line}. If that means missing, give --missing '{profile.FirstText.Value.Text}'.");
    }

    private void CheckNames(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(outputs.Contains) is { } taken)
            throw new DataException($"The column '{taken}' has the name of one of the model's outputs. Rename it, or leave it out with --ignore {taken}.");
    }

    private string Fingerprint(CsvTable table, LoadedTable loaded)
    {
        var files = string.Join('\n', table.Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} {new FileInfo(file).Length}")));
        var text = string.Create(CultureInfo.InvariantCulture, $"{options.Target} {options.Salt} {options.Holdout:R} {options.Seed} {options.MaxCategories} {options.TestFile} {string.Join(',', options.Ignore)} {string.Join(',', options.Categorical)} {loaded.Rows}\n{files}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
