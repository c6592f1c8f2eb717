using System.Globalization;
using System.Text;
using Serverless.Jobs;
using Serverless.Training.Labels;
using Serverless.Training.Progress;
using Serverless.Training.Splits;
using Serverless.Training.Tables;

namespace Serverless.Training.Images.Sets;

/// <summary>Reads the images of an input: finds the files, brings them to one size, puts some aside.</summary>
/// <param name="options">Which, and how.</param>
/// <param name="threads">Files that are read at once.</param>
/// <param name="output">Takes what a person should know.</param>
internal sealed class ImageSetReader(ImageSetOptions options, int threads, TextWriter output)
{
    private const string FolderColumn = "folder";

    /// <summary>Reads the images of the input <c>train</c>, and of <c>test</c> if there is one.</summary>
    /// <exception cref="DataException">They cannot be learnt from.</exception>
    public (LearningImages Images, ImageScaling Scaling) Read(JobEnvironment job)
    {
        var loader = new ImageLoader(options, threads, output);
        var files = Find(job.InputFolder("train"), job.Stopping);
        var size = loader.SizeOf(files, job.Stopping);
        var learnt = loader.Load(files, size, job.Stopping);
        var tested = job.Channels.Contains("test") ? loader.Load(Find(job.InputFolder("test"), job.Stopping), size, job.Stopping) : null;
        if (learnt.Count == 0)
            throw new DataException("No image is left to learn from.");

        var codes = new TextCodes();
        int[] classes = [.. learnt.Select(image => codes.Of(Encoding.UTF8.GetBytes(image.File.Label)))];
        var known = codes.Texts.Count;
        int[] testedClasses = [.. (tested ?? []).Select(image => codes.Of(Encoding.UTF8.GetBytes(image.File.Label)))];
        if (codes.Texts.Count > known)
            throw new DataException($"The test images have classes that the training images do not have: {string.Join(", ", codes.Texts.Skip(known).Take(5).Select(each => $"'{each}'"))}. Write the classes alike in both.");
        var labels = LabelSet.Of(options.Target ?? FolderColumn, codes, learnt.Count);
        labels.Apply(classes);
        labels.Apply(testedClasses);

        var (rows, held) = tested is null
            ? StratifiedSplit.Split(classes, labels.Names.Count, options.Holdout, new Random(options.Seed))
            : ([.. Enumerable.Range(0, classes.Length)], []);
        var plane = size.Height * size.Width;
        var channels = options.Channels ?? (learnt.Concat(tested ?? []).Any(image => image.Planes.Length > plane) ? 3 : 1);
        var all = Even([.. learnt.Select(image => image.Planes)], plane, channels);
        List<byte[]> own = [.. rows.Select(row => all[row])];
        var scaling = ImageScaling.Of(own, channels);
        var measured = tested is null
            ? ImageRows.Of([.. held.Select(row => all[row])], [.. held.Select(row => classes[row])], scaling)
            : ImageRows.Of(Even([.. tested.Select(image => image.Planes)], plane, channels), testedClasses, scaling);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{own.Count} images to learn from, {measured.Count} put aside; {size.Width} × {size.Height} pixels, {(channels == 1 ? "grey" : "colour")}; {labels.Names.Count} classes."));
        return (new(new(channels, size.Height, size.Width), labels, scaling.Black, ImageRows.Of(own, [.. rows.Select(row => classes[row])], scaling), measured, Fingerprint(learnt, tested)), scaling);
    }

    private IReadOnlyList<ImageFile> Find(string folder, CancellationToken cancel) => options.PathColumn is null ? ImageFolder.Find(folder) : ImageTable.Find(folder, options, cancel);

    /// <summary>Grey images among colour ones have their plane three times.</summary>
    private static List<byte[]> Even(IReadOnlyList<byte[]> images, int plane, int channels) => [.. images.Select(image => image.Length == plane * channels ? image : [.. image, .. image, .. image])];

    private string Fingerprint(IReadOnlyList<(ImageFile File, byte[] Planes)> learnt, IReadOnlyList<(ImageFile File, byte[] Planes)>? tested)
    {
        var text = new StringBuilder(options.Fingerprint);
        foreach (var (file, _) in learnt.Concat(tested ?? []))
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{file.Name} {file.Label} {new FileInfo(file.Path).Length}");
        return RunFingerprint.Of([], text.ToString());
    }
}
