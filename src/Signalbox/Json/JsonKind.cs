namespace Signalbox;

/// <summary>What a <see cref="Json"/> value is.</summary>
public enum JsonKind
{
    /// <summary>Nothing there: a member that the object does not have.</summary>
    Missing,

    /// <summary>The literal <c>null</c>.</summary>
    Null,

    /// <summary>The literal <c>false</c>.</summary>
    False,

    /// <summary>The literal <c>true</c>.</summary>
    True,

    /// <summary>A number, kept as it was written.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}
