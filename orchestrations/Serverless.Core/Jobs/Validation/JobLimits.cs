namespace Serverless.Core.Jobs.Validation;

/// <summary>Bounds on what a job asks for, each chosen so that the job's document, its ticket and its program's environment stay within what stores and systems take.</summary>
public static class JobLimits
{
    /// <summary>Most arguments.</summary>
    public const int Arguments = 1_000;

    /// <summary>Most bytes of UTF-8 of all arguments together: below the 128 KiB that Linux gives one argument list at the least.</summary>
    public const int ArgumentBytes = 96 * 1024;

    /// <summary>Most parts of a command.</summary>
    public const int CommandParts = 100;

    /// <summary>Most variables.</summary>
    public const int Variables = 200;

    /// <summary>Most bytes of UTF-8 of all variables together.</summary>
    public const int VariableBytes = 64 * 1024;

    /// <summary>Most inputs.</summary>
    public const int Inputs = 32;

    /// <summary>Most metric patterns.</summary>
    public const int Metrics = 100;

    /// <summary>Longest metric pattern in characters.</summary>
    public const int PatternLength = 1_000;

    /// <summary>Longest tag of a scalar in event files, in characters: what our own writer takes.</summary>
    public const int TagLength = 512;

    /// <summary>Most GPUs that can be asked for: more than any machine has.</summary>
    public const int Gpus = 64;

    /// <summary>Most processors that can be asked for: more than any machine has.</summary>
    public const int VCpus = 4_096;

    /// <summary>Most memory that can be asked for, in bytes: 1 PiB, more than any machine has.</summary>
    public const long MemoryBytes = 1L << 50;

    /// <summary>Highest limit on a cost: beyond it a figure is a mistake.</summary>
    public const decimal MaxCost = 1_000_000_000m;

    /// <summary>Most conditions of a gate.</summary>
    public const int Gates = 50;
}
