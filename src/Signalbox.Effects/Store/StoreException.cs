namespace Signalbox.Effects;

/// <summary>A store could not be opened. The message says which, why and what to do, and holds no password.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Without a reason.</summary>
    public StoreException() { }

    /// <summary>With a reason that a person can act on.</summary>
    public StoreException(string message) : base(message) { }

    /// <summary>With a reason and what led to it.</summary>
    public StoreException(string message, Exception inner) : base(message, inner) { }
}
