namespace Serverless.Jobs.Events;

/// <summary>How far some bytes of an event file were read.</summary>
/// <param name="Used">Bytes of whole records, all of which were read.</param>
/// <param name="Next">The length in bytes of the record that begins there, its frame included; 0 while not even that is known.</param>
/// <param name="Damage">What is wrong with that record; null: nothing, it only is not there wholly.</param>
public readonly record struct EventProgress(int Used, long Next, string? Damage);
