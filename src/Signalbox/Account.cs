namespace Signalbox;

/// <summary>An AWS account and the name that people know it by.</summary>
public sealed record Account(string Id, string Name);
