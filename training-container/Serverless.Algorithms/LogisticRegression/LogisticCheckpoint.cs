using System.Globalization;
using System.Runtime.InteropServices;
using Serverless.Algorithms.Learning;
using Serverless.Jobs;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>Saves all that the solver knows, so that a run that is broken off goes on with the same numbers.</summary>
internal sealed class LogisticCheckpoint(JobEnvironment job, string fingerprint, int size)
{
    private const string FileName = "lbfgs.bin";
    private const int Format = 1;

    /// <summary>Saves; without a checkpoint folder (a run by hand) nothing happens.</summary>
    public void Save(Lbfgs solver)
    {
        if (HasFolder())
            job.SaveCheckpoint(files => files.Write(FileName, stream =>
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                writer.Write(Format);
                writer.Write(fingerprint);
                writer.Write(size);
                writer.Write(solver.Iteration);
                writer.Write(solver.Steps.Count);
                Write(writer, solver.Point);
                foreach (var vector in solver.Steps.Concat(solver.Changes))
                    Write(writer, vector);
            }));
    }

    /// <summary>The solver as it was saved; null when there is no checkpoint of this data and these options.</summary>
    public Lbfgs? TryResume(Func<double[], double[], double> evaluate, TextWriter output)
    {
        if (!HasFolder() || !job.TryFindCheckpoint(FileName, out var file))
            return null;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(file));
            if (reader.ReadInt32() != Format || reader.ReadString() != fingerprint || reader.ReadInt32() != size)
            {
                output.WriteLine("The checkpoint is of other data or other options: training starts anew.");
                return null;
            }

            var iteration = reader.ReadInt32();
            var history = reader.ReadInt32();
            var point = Read(reader);
            var vectors = Enumerable.Range(0, 2 * history).Select(_ => Read(reader)).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Goes on after iteration {iteration}."));
            return new Lbfgs(evaluate, point, iteration, vectors.Take(history), vectors.Skip(history));
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException)
        {
            output.WriteLine("The checkpoint cannot be read: training starts anew.");
            return null;
        }
    }

    private bool HasFolder()
    {
        try
        {
            return job.CheckpointFolder.Length > 0;
        }
        catch (JobVariableException)
        {
            return false;
        }
    }

    private static void Write(BinaryWriter writer, double[] vector) => writer.Write(MemoryMarshal.AsBytes(vector.AsSpan()));

    private double[] Read(BinaryReader reader)
    {
        var vector = new double[size];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        return vector;
    }
}
