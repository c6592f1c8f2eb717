namespace Serverless.OnnxRuntime;

/// <summary>
/// What one run needs, kept from call to call so that a warm prediction allocates next to nothing: the inputs' buffers, the handles, the outputs.
/// Fill <see cref="Inputs"/> and <see cref="Wanted"/>, run, read <see cref="Outputs"/>, dispose.
/// </summary>
public sealed unsafe class InferenceCall : IDisposable
{
    private const int SmallBytes = 1 << 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly OnnxSession session;
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly nint[] inputValues;
    private readonly nint[] outputNames;
    private readonly nint[] outputValues;
    private readonly nint runOptions;
    private bool running;
    private bool stopped;
    private long begun;
    private TimeSpan limit;

    /// <summary>Makes the buffers for one call of a session.</summary>
    internal InferenceCall(OnnxSession session, TimeProvider time)
    {
        this.session = session;
        this.time = time;
        Inputs = [.. session.Inputs.Select(_ => new TensorBuffer())];
        Given = new bool[session.Inputs.Count];
        Outputs = [.. session.Outputs.Select(port => new OutputTensor(port))];
        Wanted = new bool[session.Outputs.Count];
        inputValues = new nint[session.Inputs.Count];
        outputNames = new nint[session.Outputs.Count];
        outputValues = new nint[session.Outputs.Count];
        nint options;
        session.Runtime.Check(session.Runtime.Api.CreateRunOptions(&options));
        runOptions = options;
        timer = time.CreateTimer(static state => ((InferenceCall)state!).StopWhenLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The session.</summary>
    public OnnxSession Session => session;

    /// <summary>A buffer an input, in the model's order.</summary>
    public TensorBuffer[] Inputs { get; }

    /// <summary>Which inputs the request has given.</summary>
    public bool[] Given { get; }

    /// <summary>Which outputs are wanted.</summary>
    public bool[] Wanted { get; }

    /// <summary>The outputs, in the model's order; only those that are wanted hold anything.</summary>
    public OutputTensor[] Outputs { get; }

    /// <summary>Whether the run was stopped because it took too long, or its caller went.</summary>
    public bool Stopped => stopped;

    /// <summary>Whether its buffers are small enough to be kept.</summary>
    public bool IsSmall => Inputs.Sum(input => (long)input.Capacity) + Outputs.Sum(output => (long)output.Capacity) <= SmallBytes;

    /// <summary>Runs the model on the inputs.</summary>
    /// <param name="runLimit">How long it may take.</param>
    /// <param name="cancel">Stops it too.</param>
    /// <exception cref="OnnxException">The model failed, or was stopped (<see cref="Stopped"/>).</exception>
    public void Run(TimeSpan runLimit, CancellationToken cancel)
    {
        var runtime = session.Runtime;
        for (var i = 0; i < inputValues.Length; i++)
            inputValues[i] = CreateValue(session.Inputs[i].Type, Inputs[i]);
        var wanted = 0;
        for (var i = 0; i < Wanted.Length; i++)
        {
            if (Wanted[i])
                outputNames[wanted++] = session.OutputNames[i];
        }

        using (cancel.UnsafeRegister(static state => ((InferenceCall)state!).Stop(), this))
        {
            Begin(runLimit);
            if (cancel.IsCancellationRequested)
                Stop(); // the caller went before there was a run to stop
            try
            {
                fixed (nint* names = session.InputNames, values = inputValues, outNames = outputNames, outValues = outputValues)
                    runtime.Check(runtime.Api.Run(session.Handle, runOptions, (byte**)names, values, (nuint)inputValues.Length, (byte**)outNames, (nuint)wanted, outValues));
            }
            finally
            {
                End();
            }
        }

        for (int i = 0, next = 0; i < Wanted.Length; i++)
        {
            if (Wanted[i])
                Outputs[i].Read(runtime, outputValues[next++]);
        }
    }

    /// <summary>Gives the buffers back for the next call.</summary>
    public void Dispose()
    {
        ReleaseValues(inputValues);
        ReleaseValues(outputValues);
        foreach (var input in Inputs)
            input.Clear();
        Array.Clear(Given);
        Array.Clear(Wanted);
        session.Return(this);
    }

    /// <summary>Frees what it holds.</summary>
    internal void Release()
    {
        timer.Dispose();
        session.Runtime.Api.ReleaseRunOptions(runOptions);
    }

    private nint CreateValue(ElementType type, TensorBuffer input)
    {
        var runtime = session.Runtime;
        nint value;
        fixed (long* shape = input.Shape)
        {
            if (type != ElementType.Text)
            {
                runtime.Check(runtime.Api.CreateTensorWithDataAsOrtValue(
                    runtime.CpuMemory, input.Pointer, (nuint)input.Length, shape, (nuint)input.Rank, (int)type, &value));
                return value;
            }

            runtime.Check(runtime.Api.CreateTensorAsOrtValue(runtime.Allocator, shape, (nuint)input.Rank, (int)type, &value));
        }

        for (var i = 0; i < input.Count; i++)
        {
            var text = input.Text(i);
            if (text.IsEmpty)
                continue;
            byte* room;
            runtime.Check(runtime.Api.GetResizedStringTensorElementBuffer(value, (nuint)i, (nuint)text.Length, &room));
            text.CopyTo(new Span<byte>(room, text.Length));
        }

        return value;
    }

    private void Begin(TimeSpan runLimit)
    {
        lock (gate)
        {
            if (stopped)
                session.Runtime.Check(session.Runtime.Api.RunOptionsUnsetTerminate(runOptions));
            (running, stopped, begun, limit) = (true, false, time.GetTimestamp(), runLimit);
        }

        timer.Change(runLimit, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        lock (gate)
            running = false;
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Timers are coarser than the clock and may come a moment early, and one that was already on its way may come during the next run:
    /// whoever is not late yet is looked at again when its time is over, or a model that never ends would hold its thread for ever.
    /// </summary>
    private void StopWhenLate()
    {
        lock (gate)
        {
            if (!running)
                return;
            var left = limit - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
                Stop();
            else
                timer.Change(left < Tick ? Tick : left, Timeout.InfiniteTimeSpan);
        }
    }

    private void Stop()
    {
        lock (gate)
        {
            if (!running)
                return;
            stopped = true;
            session.Runtime.Check(session.Runtime.Api.RunOptionsSetTerminate(runOptions));
        }
    }

    private void ReleaseValues(nint[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
                session.Runtime.Api.ReleaseValue(values[i]);
            values[i] = 0;
        }
    }
}
