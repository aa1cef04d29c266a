namespace Signalbox;

/// <summary>Who hears what.</summary>
public sealed class Routes
{
    private readonly ValueList<Room> everyone;

    private Routes(ValueList<Room> everyone) => this.everyone = everyone;

    /// <summary>Everything goes to one room.</summary>
    public static Routes AllTo(Room room) => new([room]);

    /// <summary>The rooms that hear a notice, in the order of the routes, each once.</summary>
    public ValueList<Routed> Of(Notice notice) =>
        [.. from room in everyone select new Routed(notice, room, null, "no route is set: everything goes here")];
}
