using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Tests.Store;

public sealed class SqliteEventStoreTests : EventStoreConformance
{
    protected override IEventStore Open(string folder) => SqliteEventStore.Open(BackupPath(folder));

    protected override string BackupPath(string folder) => Path.Combine(folder, "agentops.db");

    [Fact]
    public void A_file_that_is_something_else_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        string path = BackupPath(folder.Path);
        File.WriteAllText(path, new string('x', 5000));

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Open(folder.Path));

        Assert.Contains("is no data file of AgentOps", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        await Open(folder.Path).DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={BackupPath(folder.Path)};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            command.ExecuteNonQuery();
        }

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Open(folder.Path));

        Assert.Contains("later version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        await Open(folder.Path).DisposeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BackupPath(folder.Path)));
    }
}
