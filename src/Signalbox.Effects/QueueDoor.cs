namespace Signalbox.Effects;

/// <summary>A queue whose messages are taken: as delegates, so that hosts need not know whose it is.</summary>
/// <param name="Name">What logs call it.</param>
/// <param name="Receive">Waits for messages, up to twenty seconds; none when none came.</param>
/// <param name="Delete">Takes messages off the queue by their handles. What cannot be taken off comes again, and is known then.</param>
public sealed record QueueDoor(
    string Name, Func<CancellationToken, Task<Received>> Receive, Func<ValueList<string>, CancellationToken, Task<string?>> Delete);

/// <summary>What a queue handed out.</summary>
/// <param name="Messages">Each as the event that Lambda would make of it, with the handle that takes it off the queue.</param>
/// <param name="Why">Why there is nothing, when that is a fault; null otherwise. Names no secret.</param>
public sealed record Received(ValueList<(byte[] Event, string Handle)> Messages, string? Why);
