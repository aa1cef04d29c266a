namespace Signalbox;

/// <summary>Takes the wrappings off an event.</summary>
public static class Decode
{
    /// <summary>Every event in the bytes.</summary>
    public static ValueList<Envelope> Bytes(byte[] bytes) =>
        [new() { Id = "x", Transport = "bare", Text = System.Text.Encoding.UTF8.GetString(bytes) }];
}
