using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Where a PostgreSQL database is: as its own tools say it, or as Npgsql does.</summary>
internal static class PostgresAddress
{
    private const string Expected =
        "expected postgres://USER@HOST:PORT/DATABASE?sslmode=MODE, or KEY=VALUE pairs that begin with Host=, as Npgsql reads them";

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreException">It is none. The message repeats nothing of it but the names of settings, because of the password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string address)
    {
        try
        {
            return IsUrl(address) ? FromUrl(address) : new(address);
        }
        catch (Exception trouble) when (trouble is ArgumentException or FormatException or OverflowException or InvalidCastException or KeyNotFoundException)
        {
            throw new StoreException($"the address of the PostgreSQL store is not right: {Expected}.");
        }
    }

    /// <summary>The address as people may see it: without user and password.</summary>
    public static string Show(NpgsqlConnectionStringBuilder address) => $"postgres://{address.Host}:{address.Port}/{address.Database}";

    private static bool IsUrl(string address) =>
        address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromUrl(string address)
    {
        var rest = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (before, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, database) = Split(before, before.IndexOf('/', StringComparison.Ordinal));
        // The last @: a careless password may hold another.
        var at = authority.LastIndexOf('@');
        var person = at < 0 ? "" : authority[..at];
        var (user, password) = Split(person, person.IndexOf(':', StringComparison.Ordinal));
        var host = authority[(at + 1)..];
        var builder = new NpgsqlConnectionStringBuilder { Host = "localhost" };
        if (host.LastIndexOf(':') is > 0 and var port && !host.EndsWith(']'))
        {
            builder.Port = int.Parse(host[(port + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
            host = host[..port];
        }
        if (host.Length > 0) builder.Host = Uri.UnescapeDataString(host.Trim('[', ']'));
        if (user.Length > 0) builder.Username = Uri.UnescapeDataString(user);
        if (password.Length > 0) builder.Password = Uri.UnescapeDataString(password);
        if (database.Length > 0) builder.Database = Uri.UnescapeDataString(database);
        foreach (var setting in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(setting, setting.IndexOf('=', StringComparison.Ordinal));
            Set(builder, Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
        }
        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value) => builder[name switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        "user" => "Username",
        "dbname" => "Database",
        _ => name,
    }] = name is "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;

    private static (string Before, string After) Split(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
}
