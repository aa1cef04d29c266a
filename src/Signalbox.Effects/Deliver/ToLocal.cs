namespace Signalbox.Effects;

/// <summary>The local room: whatever shows it has it.</summary>
internal static class ToLocal
{
    public static Deliver With(Means means) => (post, _, _) =>
    {
        means.Show(post);
        return Task.FromResult<Delivery>(new Delivery.Made(""));
    };
}
