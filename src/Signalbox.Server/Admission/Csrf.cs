using Signalbox.Server.Pages;

namespace Signalbox.Server.Admission;

/// <summary>Keeps other sites from acting in the name of whoever is signed in.</summary>
internal static class Csrf
{
    /// <summary>The hidden field that every form which changes something carries.</summary>
    public static Html Field(HttpContext http) => Html.None;
}
