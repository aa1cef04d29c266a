using Npgsql;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

/// <summary>How settings name a store.</summary>
public class StoreAddresses
{
    private const string Expected = "expected memory:, or sqlite:FILE, or postgres://USER:PASSWORD@HOST:PORT/DATABASE";

    [Theory]
    [InlineData(null, $"This is no store: {Expected}, found nothing.")]
    [InlineData("", $"This is no store: {Expected}, found nothing.")]
    [InlineData("signalbox.db", $"This is no store: {Expected}, found a text without a colon.")]
    [InlineData("redis://user:secret@host", $"This is no store: {Expected}, found redis:.")]
    [InlineData("sqlite:", "The store cannot be opened: the name of a file comes after sqlite:")]
    [InlineData("memory:x", "The store cannot be opened: nothing comes after memory:")]
    [InlineData("postgres://me:secret@host:port/db", "The store cannot be opened: the address of the PostgreSQL store is not right: expected "
        + "postgres://USER@HOST:PORT/DATABASE?sslmode=MODE, or KEY=VALUE pairs that begin with Host=, as Npgsql reads them.")]
    [InlineData("postgres://me:secret@host/db?sslmode=secret", "The store cannot be opened: the address of the PostgreSQL store is not right: expected "
        + "postgres://USER@HOST:PORT/DATABASE?sslmode=MODE, or KEY=VALUE pairs that begin with Host=, as Npgsql reads them.")]
    public async Task What_is_no_store_is_said_with_what_was_expected(string? spec, string why)
    {
        var opened = await Stores.Open(spec);
        Assert.Null(opened.Store);
        Assert.Equal(why, opened.Why);
    }

    [Fact]
    public async Task Memory_and_files_are_opened()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-spec-");
        foreach (var spec in new[] { "memory:", $"sqlite:{folder.FullName}/s.db" })
        {
            var store = (await Stores.Open(spec)).Store;
            Assert.Equal([true], await store!.Accept([new("a", default, 0, default)], TestContext.Current.CancellationToken));
            await store.Close();
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Another_kind_of_store_is_one_row_more()
    {
        var table = "";
        var opened = await Stores.Open("dynamodb://events", [.. Stores.All, new(["dynamodb:"], "dynamodb://TABLE", spec =>
        {
            table = spec;
            return Task.FromResult(MemoryStore.Open());
        })]);
        Assert.NotNull(opened.Store);
        Assert.Equal("dynamodb://events", table);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_without_its_password()
    {
        var opened = await Stores.Open("postgres://me:secret@127.0.0.1:1/db?connect_timeout=2");
        Assert.StartsWith("The store cannot be opened: postgres://127.0.0.1:1/db: the server cannot be reached: ", opened.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", opened.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://me:p%40ss:w@rd@db.example:5433/events?sslmode=verify-full&application_name=x", "db.example", 5433, "me", "p@ss:w@rd", "events")]
    [InlineData("postgresql://db.example", "db.example", 5432, null, null, null)]
    [InlineData("postgres://me@[::1]:5433/events", "::1", 5433, "me", null, "events")]
    [InlineData("postgres:///events?host=/run/postgresql&user=me", "/run/postgresql", 5432, "me", null, "events")]
    [InlineData("Host=db.example;Username=me;Password=a;Database=events", "db.example", 5432, "me", "a", "events")]
    public void An_address_is_read_as_postgresql_tools_read_it(string address, string host, int port, string? user, string? password, string? database)
    {
        var read = PostgresAddress.Read(address);
        Assert.Equal((host, port, user, password, database), (read.Host, read.Port, read.Username, read.Password, read.Database));
        if (address.Contains("sslmode", StringComparison.Ordinal)) Assert.Equal((SslMode.VerifyFull, "x"), (read.SslMode, read.ApplicationName));
    }
}
