using Signalbox.Server.Admission.Oidc;

namespace Signalbox.Server.Admission;

/// <summary>What a server remembers of people who come: sessions, wrong passwords, what issuers say of themselves.</summary>
internal sealed class Reception(Store store)
{
    /// <summary>So many passwords are checked at the same time: each takes a core for a good part of a second.</summary>
    private const int AtOnce = 2;

    /// <summary>Who has signed in.</summary>
    public Sessions Sessions { get; } = new(store);

    /// <summary>Wrong passwords.</summary>
    public FailedTries Tries { get; } = new();

    /// <summary>What issuers say of themselves.</summary>
    public Issuers Issuers { get; } = new();

    /// <summary>Turns at checking a password.</summary>
    public SemaphoreSlim Turns { get; } = new(AtOnce, AtOnce);
}
