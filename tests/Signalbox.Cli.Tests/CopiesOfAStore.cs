namespace Signalbox.Tests;

/// <summary>Backup, restore and verify from the command line.</summary>
public class CopiesOfAStore
{
    [Fact]
    public async Task A_copy_brings_everything_back_and_keeps_what_was_there()
    {
        using var desk = new Desk().With("raised.json", Desk.Failover);
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        await desk.Type("tell", "--store", "sqlite:box.db", "raised.json");
        var backup = await desk.Type("store", "backup", "copy.db");
        Assert.Equal(0, backup.Code);
        Assert.StartsWith("copy.db: ", backup.Out, StringComparison.Ordinal);
        Assert.EndsWith("copy.db: whole\n", (await desk.Type("store", "verify", "--store", "sqlite:copy.db")).Out, StringComparison.Ordinal);

        await desk.Type("ack", "orders-db", "--by", "anna");
        var restored = await desk.Type("store", "restore", "copy.db");
        Assert.Equal(0, restored.Code);
        Assert.Contains("what was there is", restored.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Type("ack", "orders-db", "--by", "ben")).Code);
        Assert.Single(desk.Folder.GetFiles("box.db.2*"));
    }

    [Fact]
    public async Task Who_may_read_a_store_stays_as_it_was()
    {
        if (OperatingSystem.IsWindows()) return;
        using var desk = new Desk().With("raised.json", Desk.Failover);
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        await desk.Type("tell", "--store", "sqlite:box.db", "raised.json");
        await desk.Type("store", "backup", "copy.db");
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(desk.In("box.db"), Own);
        File.SetUnixFileMode(desk.In("copy.db"), Own | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Equal(0, (await desk.Type("store", "restore", "copy.db")).Code);
        Assert.Equal(Own, File.GetUnixFileMode(desk.In("box.db")));
        Assert.Equal(Own, Assert.Single(desk.Folder.GetFiles("box.db.2*")).UnixFileMode);
    }

    [Fact]
    public async Task A_copy_overwrites_nothing_and_a_broken_one_is_not_put_back()
    {
        using var desk = new Desk().With("raised.json", Desk.Failover).With("words.db", "these are no pages");
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        await desk.Type("tell", "--store", "sqlite:box.db", "raised.json");
        Assert.Contains("is there already", (await desk.Type("store", "backup", "words.db")).Error, StringComparison.Ordinal);
        Assert.Contains("no database, or a broken one", (await desk.Type("store", "restore", "words.db")).Error, StringComparison.Ordinal);
        Assert.Contains("no such file", (await desk.Type("store", "restore", "nothing.db")).Error, StringComparison.Ordinal);

        await desk.Type("store", "backup", "copy.db");
        var bytes = await File.ReadAllBytesAsync(desk.In("copy.db"), TestContext.Current.CancellationToken);
        bytes.AsSpan(bytes.Length / 2).Fill(7);
        await File.WriteAllBytesAsync(desk.In("copy.db"), bytes, TestContext.Current.CancellationToken);
        Assert.Equal(1, (await desk.Type("store", "verify", "--store", "sqlite:copy.db")).Code);
        Assert.Equal(1, (await desk.Type("store", "restore", "copy.db")).Code);
        Assert.Contains("events         1", (await desk.Type("store", "status")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://signalbox@localhost/x", "pg_dump")]
    [InlineData("memory:", "no copy")]
    public async Task Other_stores_have_their_own_tools(string store, string says)
    {
        using var desk = new Desk();
        var said = await desk.Type("store", "backup", "x.db", "--store", store);
        Assert.Equal(2, said.Code);
        Assert.Contains(says, said.Error, StringComparison.Ordinal);
    }
}
