using System.Text;

namespace Signalbox;

/// <summary>Names between colons that chats draw as a picture, ":warning:", as the character that every chat knows.</summary>
/// <remarks>Those that people put into messages about operations; any other name stays as it is written.</remarks>
internal static class Shortcodes
{
    private const int Longest = 32;

    private static readonly Dictionary<string, string> Known = Read("""
        warning ⚠️  rotating_light 🚨  sos 🆘  fire 🔥  boom 💥  collision 💥  x ❌  no_entry ⛔  no_entry_sign 🚫  octagonal_sign 🛑  stop_sign 🛑  skull 💀
        exclamation ❗  heavy_exclamation_mark ❗  bangbang ‼️  question ❓  white_check_mark ✅  heavy_check_mark ✔️  ballot_box_with_check ☑️  ok 🆗
        red_circle 🔴  large_orange_circle 🟠  orange_circle 🟠  large_yellow_circle 🟡  yellow_circle 🟡  large_green_circle 🟢  green_circle 🟢
        large_blue_circle 🔵  blue_circle 🔵  white_circle ⚪  black_circle ⚫  large_green_square 🟩  large_red_square 🟥  information_source ℹ️  bell 🔔
        no_bell 🔕  loudspeaker 📢  mega 📣  speech_balloon 💬  email ✉️  envelope ✉️  telephone_receiver 📞  pager 📟  eyes 👀  mag 🔍  bulb 💡  memo 📝
        pencil 📝  clipboard 📋  book 📖  books 📚  link 🔗  pushpin 📌  calendar 📅  alarm_clock ⏰  stopwatch ⏱️  hourglass ⌛  hourglass_flowing_sand ⏳
        zzz 💤  rocket 🚀  ship 🚢  package 📦  truck 🚚  construction 🚧  hammer_and_wrench 🛠️  wrench 🔧  gear ⚙️  bug 🐛  robot_face 🤖  robot 🤖
        computer 💻  desktop_computer 🖥️  floppy_disk 💾  satellite 📡  electric_plug 🔌  battery 🔋  zap ⚡  cloud ☁️  snowflake ❄️  thermometer 🌡️
        lock 🔒  unlock 🔓  key 🔑  shield 🛡️  moneybag 💰  dollar 💵  chart_with_upwards_trend 📈  chart_with_downwards_trend 📉  bar_chart 📊  recycle ♻️
        arrows_counterclockwise 🔄  rewind ⏪  arrow_up ⬆️  arrow_down ⬇️  arrow_right ➡️  arrow_left ⬅️  point_right 👉  tada 🎉  sparkles ✨  star ⭐
        +1 👍  thumbsup 👍  -1 👎  thumbsdown 👎  ok_hand 👌  wave 👋  pray 🙏  muscle 💪  clap 👏  checkered_flag 🏁  triangular_flag_on_post 🚩  smile 😄
        cry 😢  sob 😭  scream 😱  heart ❤️  green_heart 💚  broken_heart 💔
        """);

    /// <summary>The text with characters in place of the names that are known.</summary>
    public static string Drawn(string text)
    {
        var open = text.IndexOf(':', StringComparison.Ordinal);
        if (open < 0) return text;
        var drawn = new StringBuilder(text.Length);
        var from = 0;
        while (open >= 0)
        {
            var close = text.IndexOf(':', open + 1);
            if (close < 0) break;
            var begins = (from > 0 && open == from) || Begins(text, open);
            if (begins && close - open <= Longest && Character(text.AsSpan((open + 1)..close)) is { } character)
            {
                drawn.Append(text, from, open - from).Append(character);
                from = close + 1;
                close = text.IndexOf(':', from);
            }
            open = close;
        }
        return from is 0 ? text : drawn.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>True unless the colon belongs to what stands before it, as in an ARN or a time.</summary>
    private static bool Begins(string text, int open) => open is 0 || !(char.IsLetterOrDigit(text[open - 1]) || text[open - 1] is ':');

    private static string? Character(ReadOnlySpan<char> name) =>
        Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var character) ? character : null;

    private static Dictionary<string, string> Read(string table)
    {
        var words = table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
