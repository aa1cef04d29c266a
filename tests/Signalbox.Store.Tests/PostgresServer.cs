using System.Diagnostics;
using Npgsql;
using Signalbox.StoreTests;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Signalbox.StoreTests;

/// <summary>A PostgreSQL server of our own, from the installed package, in a folder of its own, on a Unix socket: nobody else's data is near.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Packages = "/usr/lib/postgresql";
    private static readonly bool IsRoot = Environment.UserName == "root";
    private readonly Lazy<Task<string?>> started;
    private DirectoryInfo? folder;
    private Process? server;
    private int databases;

    public PostgresServer() => started = new(Start);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes an empty database and answers its connection string, or skips the test with the reason why there is no server.</summary>
    public async Task<string> Database()
    {
        if (await started.Value is { } why) Assert.Skip(why);
        var name = $"test{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(Address("postgres"));
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        return Address(name);
    }

    /// <summary>Cuts every connection to a database, as a restart of the server would.</summary>
    public async Task Cut(string address)
    {
        await using var source = NpgsqlDataSource.Create(Address("postgres"));
        await using var command = source.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1");
        command.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(address).Database });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            // Its data is thrown away: it need not tidy up.
            using var signal = Process.Start("kill", ["-QUIT", $"{server.Id}"]);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder?.Delete(recursive: true);
    }

    private string Address(string database) => $"Host={folder};Username=postgres;Database={database};Pooling=false";

    private async Task<string?> Start()
    {
        if (Programs() is not { } programs) return $"PostgreSQL is not there: apt-get install postgresql (looked into {Packages})";
        folder = Directory.CreateTempSubdirectory("signalbox-postgres-");
        if (IsRoot) await Run("chown", ["postgres", folder.FullName]);
        var data = Path.Combine(folder.FullName, "data");
        string[] make = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
        await Run(Path.Combine(programs, "initdb"), make, asPostgres: true);
        // Its flushes are left out: what the tests kill is the client.
        string[] serve = ["-D", data, "-k", folder.FullName, "-c", "listen_addresses=", "-F", "-N", "500"];
        server = Launch(Path.Combine(programs, "postgres"), serve, asPostgres: true);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (server.HasExited) return $"PostgreSQL did not start in {folder}";
            try
            {
                await using var connection = new NpgsqlConnection(Address("postgres"));
                await connection.OpenAsync();
                return null;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100);
            }
        }
        return "PostgreSQL did not get ready within 30 s";
    }

    private static string? Programs() => !Directory.Exists(Packages) ? null : Directory.GetDirectories(Packages)
        .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin"))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static async Task Run(string program, string[] arguments, bool asPostgres = false)
    {
        using var process = Launch(program, arguments, asPostgres);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static Process Launch(string program, string[] arguments, bool asPostgres)
    {
        // PostgreSQL refuses to run as root.
        var start = asPostgres && IsRoot
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
